using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Histories of many customers, sorted and compressed for fitting: equal ones are kept once with their number.</summary>
public sealed class PurchaseHistories
{
    private PurchaseHistories(SufficientStatistics columns, double repeats, double logGaps)
    {
        // Over the sorted rows, so that it does not depend on the order given.
        var observed = 0.0;
        for (var i = 0; i < columns.Second.Length; i++)
        {
            observed += columns.Second[i] * columns.Weight[i];
        }

        (Columns, Repeats, LogGaps) = (columns, repeats, logGaps);
        MeanObserved = observed / columns.Total;
        Rate = repeats / observed;
    }

    /// <summary>Number of customers, counted with their weights.</summary>
    public double Customers => Columns.Total;

    /// <summary>Their repeat purchases.</summary>
    public double Repeats { get; }

    /// <summary>Number of distinct histories.</summary>
    public int Distinct => Columns.First.Length;

    internal SufficientStatistics Columns { get; }

    internal double LogGaps { get; }

    internal double MeanObserved { get; }

    internal double Rate { get; }

    /// <summary>Sorts and merges.</summary>
    /// <param name="histories">The histories, in any order.</param>
    /// <param name="weights">How many customers each stands for; null for one each.</param>
    /// <exception cref="FitException">There is none, or one is impossible or its weight is not positive; the message says
    /// which.</exception>
    public static PurchaseHistories Of(IEnumerable<PurchaseHistory> histories, IReadOnlyList<double>? weights = null) =>
        Of(histories, weights, null);

    internal static PurchaseHistories Of(IEnumerable<PurchaseHistory> histories, IReadOnlyList<double>? weights, int[]? groups)
    {
        var list = histories as PurchaseHistory[] ?? [.. histories];
        var (keys, last, observed) = (new double[list.Length], new double[list.Length], new double[list.Length]);
        var (repeats, gaps) = (0.0, 0.0);
        for (var i = 0; i < list.Length; i++)
        {
            var (h, weight) = (list[i], weights?[i] ?? 1);
            if (!h.IsPossible || !(weight > 0) || !double.IsFinite(weight))
            {
                throw new FitException(h.IsPossible ? $"weight {i} is not positive: {weight}" : $"history {i} is impossible: {h}");
            }

            (keys[i], last[i], observed[i]) = (h.Repeats, h.LastPurchase, h.Observed);
            repeats += weight * h.Repeats;
            gaps += weight * h.LogGaps;
        }

        return list.Length == 0
            ? throw new FitException("no customer has bought")
            : new PurchaseHistories(SufficientStatistics.Of(keys, last, observed, weights?.ToArray(), groups), repeats, gaps);
    }
}
