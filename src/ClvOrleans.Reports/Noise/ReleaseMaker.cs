using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Marketing;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Noise;

/// <summary>
/// Adds up bounded buyers and draws the noise of each figure. What is drawn follows from the secret, the period, the group, the measure and
/// the exact figure: made again of the same store a release is the same, and of another store its noise is drawn anew, so that no
/// difference of two is exact.
/// </summary>
/// <param name="store">The store, with noise.</param>
/// <param name="secret">The store's secret.</param>
public sealed class ReleaseMaker(StoreSettings store, ReadOnlyMemory<byte> secret)
{
    private static readonly string[] GroupMeasures = ["customers", "historic", "predicted", "atRisk"];
    private static readonly string[] MonthMeasures = [.. GroupMeasures, "active", "revenue"];
    private readonly ReportNoise _noise = store.Noise ?? throw new ArgumentException("The store has no noise.", nameof(store));

    /// <summary>All that is released from a day on.</summary>
    /// <param name="buyers">All who had bought by the end of the period that is over.</param>
    /// <param name="today">The store's day.</param>
    /// <param name="now">The time.</param>
    /// <param name="model">The model that buyers were valued by.</param>
    public ReportRelease Make(IReadOnlyCollection<ReleasedBuyer> buyers, DateOnly today, DateTimeOffset now, string model) => new()
    {
        Until = _noise.ClosedUntil(today),
        ToldUntil = _noise.OpenUntil(today),
        At = now,
        ModelVersion = model,
        Epsilon = _noise.Epsilon,
        Delta = _noise.Delta,
        Bound = _noise.Bound,
        Months = _noise.Months,
        Period = _noise.Period,
        Tables = [.. _noise.Tables.Select(t => FiguresOf(t, buyers, _noise.ClosedUntil(today)))],
    };

    private static Func<ReleasedBuyer, string> GroupOf(ReleasedTable table) => table switch
    {
        ReleasedTable.Lifecycle => b => b.Lifecycle.ToString(),
        ReleasedTable.Month => b => MonthName(b.FirstMonth),
        ReleasedTable.Channel => b => b.Channel ?? BuyerGroups.None,
        ReleasedTable.Campaign => b => b.Campaign ?? BuyerGroups.None,
        ReleasedTable.Product => b => b.Product ?? BuyerGroups.None,
        _ => throw new ArgumentException($"There is no table {table}.", nameof(table)),
    };

    private static string MonthName(int month) => $"{new DateOnly(month / 12, (month % 12) + 1, 1):yyyy-MM}";

    private ReleasedFigures FiguresOf(ReleasedTable table, IReadOnlyCollection<ReleasedBuyer> buyers, DateOnly until)
    {
        var measures = (table == ReleasedTable.Month ? MonthMeasures : GroupMeasures).Select(name => (Name: name, Noise: NoiseOf(name)))
            .ToArray();
        var draw = new Draw(secret, $"{store.Id}\n{until:O}\n{table}", measures.ToDictionary(m => m.Name, m => m.Noise));
        var groups = buyers.ToLookup(GroupOf(table), StringComparer.Ordinal);

        // The names of lifecycles are known; others are released where enough customers have them that one more or less hardly decides it.
        var isKnown = table == ReleasedTable.Lifecycle;
        string[] names = isKnown
            ? [.. Enum.GetValues<Lifecycle>().Where(l => l != Lifecycle.Prospect).Select(l => l.ToString())]
            : [.. groups.Select(g => g.Key).Order(StringComparer.Ordinal)];
        var least = Math.Max(
            store.SmallestGroup, isKnown ? 1 : 1 + measures[0].Noise.LeastOf((double)_noise.Delta / _noise.Tables.Length));
        return new ReleasedFigures(
            table, least,
            [.. measures.Select(m => new NoisyMeasure(
                m.Name, SensitivityOf(m.Name), (double)_noise.Epsilon / (_noise.Tables.Length * measures.Length), m.Noise.Scale))],
            [
                .. names.Select(name => (Name: name, Customers: draw.Of("customers", name, groups[name].LongCount())))
                    .Where(g => g.Customers >= least).OrderByDescending(g => g.Customers).Take(BuyerGroups.Most)
                    .OrderBy(g => g.Name, StringComparer.Ordinal)
                    .Select(g => new ReleasedGroup(
                        g.Name, g.Customers, draw.Of("historic", g.Name, groups[g.Name].Sum(b => b.Historic)),
                        draw.Of("predicted", g.Name, groups[g.Name].Sum(b => b.Predicted)),
                        draw.Of("atRisk", g.Name, groups[g.Name].Sum(b => b.AtRisk)),
                        table == ReleasedTable.Month ? CurveOf(g.Name, g.Customers, [.. groups[g.Name]], until, draw) : [])),
            ]);

        DiscreteLaplace NoiseOf(string measure) => DiscreteLaplace.Of(
            SensitivityOf(measure), _noise.Epsilon,
            _noise.Tables.Length * (table == ReleasedTable.Month ? MonthMeasures : GroupMeasures).Length);
    }

    // Who is in a group for the first time has bought in its month: that needs no figure of its own.
    private static ImmutableArray<ReleasedPoint> CurveOf(
        string name, long customers, ReleasedBuyer[] buyers, DateOnly until, Draw draw)
    {
        var points = new ReleasedPoint[Math.Max(0, ReleasedBuyer.MonthOf(until) - buyers[0].FirstMonth) + 1];
        var months = buyers.SelectMany(b => b.Months).ToLookup(m => m.Since);
        for (var since = 0; since < points.Length; since++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}+{since}");
            points[since] = new ReleasedPoint(
                since == 0 ? customers : draw.Of("active", place, months[since].LongCount(m => m.IsActive)),
                draw.Of("revenue", place, months[since].Sum(m => m.Revenue)));
        }

        return [.. points];
    }

    private long SensitivityOf(string measure) => measure switch
    {
        "customers" => 1,
        "active" => _noise.Months,
        _ => (long)store.Currency.Round(_noise.Bound).Minor,
    };

    private sealed class Draw(ReadOnlyMemory<byte> secret, string place, Dictionary<string, DiscreteLaplace> noise)
    {
        public long Of(string measure, string group, long exact)
        {
            var law = noise[measure];
            var label = string.Create(CultureInfo.InvariantCulture, $"{place}\n{measure}\n{law.Scale:R}\n{exact}\n{group}");
            return checked((long)(exact + law.Draw(new KeyedBits(secret.Span, label))));
        }
    }
}
