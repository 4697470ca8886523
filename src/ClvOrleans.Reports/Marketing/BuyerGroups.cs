using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Reports.Sales;

namespace ClvOrleans.Reports.Marketing;

/// <summary>How reports group buyers. A buyer is in one group, but for own segments, which may be several or none.</summary>
public sealed class BuyerGroups
{
    /// <summary>Name of what is not known, or none.</summary>
    public const string None = "(none)";

    /// <summary>Groups that are told apart, the largest; the rest are <see cref="Others"/>.</summary>
    public const int Most = 200;

    /// <summary>Name of the rest.</summary>
    public const string Others = "(others)";

    private static readonly Dictionary<string, Func<Buyer, IEnumerable<string>>> ByName = new(StringComparer.Ordinal)
    {
        ["month"] = b => [$"{b.Sales.FirstDay:yyyy-MM}"],
        ["channel"] = b => [b.Sales.Channel ?? None],
        ["campaign"] = b => [b.Sales.Campaign ?? None],
        ["product"] = b => [b.Sales.FirstProduct ?? None],
        ["discount"] = b => [b.Sales.Sales[0].Discount ?? None],
        ["segment"] = b => b.Contribution.Segments.Ids.Select(s => s.Value).DefaultIfEmpty(None),
        ["lifecycle"] = b => [b.Contribution.Cell?.Lifecycle.ToString() ?? None],
    };

    private readonly HashSet<string> _kept;
    private readonly IReadOnlySet<string> _small;
    private readonly Func<Buyer, IEnumerable<string>> _of;

    private BuyerGroups(Func<Buyer, IEnumerable<string>> of, HashSet<string> kept, IReadOnlySet<string> small) =>
        (_of, _kept, _small) = (of, kept, small);

    /// <summary>The names of the ways to group.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Whether a buyer may be in several groups of a way, so that differences of groups tell of few.</summary>
    public static bool Overlap(string by) => by == "segment";

    /// <summary>
    /// The groups of some buyers; small ones are <see cref="SmallGroups.Name"/> together.
    /// <exception cref="ArgumentException">There is no such way.</exception>
    /// </summary>
    public static BuyerGroups Of(string by, IReadOnlyCollection<Buyer> buyers, int smallest = 0)
    {
        if (!ByName.TryGetValue(by, out var of))
        {
            throw new ArgumentException($"'{by}' is none of {string.Join(", ", Names)}.", nameof(by));
        }

        var all = buyers.SelectMany(of).CountBy(name => name, StringComparer.Ordinal).OrderByDescending(g => g.Value)
            .ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var told = all.Take(Most).Select(g => KeyValuePair.Create(g.Key, (long)g.Value))
            .Append(KeyValuePair.Create(Others, all.Skip(Most).Sum(g => (long)g.Value)));
        return new BuyerGroups(of, [.. all.Take(Most).Select(g => g.Key)], SmallGroups.Of(told, smallest));
    }

    /// <summary>The name under which a group is told.</summary>
    public string NameOf(string group) => _small.Contains(group) ? SmallGroups.Name : group;

    /// <summary>The groups of a buyer.</summary>
    public IEnumerable<string> Of(Buyer buyer) => _of(buyer).Select(name => _kept.Contains(name) ? name : Others).Select(NameOf)
        .Distinct();
}
