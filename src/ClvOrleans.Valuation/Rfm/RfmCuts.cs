using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Rfm;

/// <summary>
/// Where the fifths of a store's buyers were cut at a training. Fixed until the next one: a score is a function of the customer, the day
/// and these cuts, and moves only with the customer.
/// </summary>
/// <remarks>
/// A score is 1 and one more for each cut that the customer does better than. So equals score alike: of many who share a value all get the
/// lowest score of their places. A value that is the best of the store is above every cut, unless there is only one value.
/// </remarks>
/// <param name="Recency">Days since the last purchase, in falling order.</param>
/// <param name="Frequency">Orders, in rising order.</param>
/// <param name="Monetary">Value net of refunds, in rising order.</param>
public sealed record RfmCuts(ImmutableArray<int> Recency, ImmutableArray<int> Frequency, ImmutableArray<Money> Monetary)
{
    private const int Fifths = RfmScore.Best;

    /// <summary>The scores of a buyer.</summary>
    /// <param name="silence">Days since the last purchase.</param>
    /// <param name="orders">Orders that count.</param>
    /// <param name="net">Their value net of refunds.</param>
    public RfmScore Of(int silence, int orders, Money net)
    {
        var (recency, frequency, monetary) = (1, 1, 1);
        for (var cut = 0; cut < Fifths - 1; cut++)
        {
            recency += silence < Recency[cut] ? 1 : 0;
            frequency += orders > Frequency[cut] ? 1 : 0;
            monetary += net > Monetary[cut] ? 1 : 0;
        }

        return new RfmScore((byte)recency, (byte)frequency, (byte)monetary);
    }

    /// <summary>Cuts the fifths of some buyers; null where there are none.</summary>
    public static RfmCuts? Of(IReadOnlyCollection<(int Silence, int Orders, Money Net)> buyers) => buyers.Count == 0
        ? null
        : new RfmCuts(
            [.. Cut(buyers.Select(b => -b.Silence)).Select(c => -c)], [.. Cut(buyers.Select(b => b.Orders))],
            [.. Cut(buyers.Select(b => b.Net))]);

    // Of each fifth but the last the best value; one that is the best of all would leave nobody above it.
    private static IEnumerable<T> Cut<T>(IEnumerable<T> values)
        where T : IComparable<T>
    {
        var sorted = values.Order().ToArray();
        var below = sorted.Length;
        while (below > 0 && sorted[below - 1].CompareTo(sorted[^1]) == 0)
        {
            below--;
        }

        var last = below == 0 ? sorted.Length : below;
        return Enumerable.Range(1, Fifths - 1).Select(k =>
            sorted[Math.Min((int)(((long)k * sorted.Length + Fifths - 1) / Fifths), last) - 1]);
    }
}
