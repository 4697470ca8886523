using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Discrete;

/// <summary>Histories of many customers, compressed for fitting: equal ones are kept once with their number.</summary>
public sealed class OpportunityHistories
{
    private OpportunityHistories(SufficientStatistics columns, double transactions, double opportunities, int longest) =>
        (Columns, Transactions, Opportunities, Longest) = (columns, transactions, opportunities, longest);

    /// <summary>Number of customers, counted with their weights.</summary>
    public double Customers => Columns.Total;

    /// <summary>Their transactions.</summary>
    public double Transactions { get; }

    /// <summary>Their opportunities.</summary>
    public double Opportunities { get; }

    /// <summary>Number of distinct histories: 22 at most where all have had 6 opportunities.</summary>
    public int Distinct => Columns.First.Length;

    /// <summary>Most opportunities that a customer has had.</summary>
    internal int Longest { get; }

    /// <summary>Key x, first column n, second t_x: rows of one x and n lie together, the longest silence first.</summary>
    internal SufficientStatistics Columns { get; }

    /// <summary>Sorts and merges.</summary>
    /// <param name="histories">The histories, in any order.</param>
    /// <param name="weights">How many customers each stands for; null for one each.</param>
    /// <exception cref="FitException">
    /// There is none, or one is impossible or has a weight that is not positive; the message says which.
    /// </exception>
    public static OpportunityHistories Of(IEnumerable<OpportunityHistory> histories, IReadOnlyList<double>? weights = null)
    {
        var list = histories as OpportunityHistory[] ?? [.. histories];
        if (list.Length == 0)
        {
            throw new FitException("there is no customer");
        }

        var (keys, opportunities, last) = (new double[list.Length], new double[list.Length], new double[list.Length]);
        var (taken, given) = (0.0, 0.0);
        for (var i = 0; i < list.Length; i++)
        {
            var (h, weight) = (list[i], weights?[i] ?? 1);
            if (!h.IsPossible || !(weight > 0) || !double.IsFinite(weight))
            {
                throw new FitException(h.IsPossible ? $"weight {i} is not positive: {weight}" : $"history {i} is impossible: {h}");
            }

            (keys[i], opportunities[i], last[i]) = (h.Transactions, h.Opportunities, h.LastTransaction);
            taken += weight * h.Transactions;
            given += weight * h.Opportunities;
        }

        var longest = list.Max(h => h.Opportunities);
        return new OpportunityHistories(
            SufficientStatistics.Of(keys, opportunities, last, weights?.ToArray(), null), taken, given, longest);
    }
}
