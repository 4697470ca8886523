using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>
/// Histories of many contracts, compressed for fitting. Contracts without a decision yet tell nothing and are not counted.
/// </summary>
public sealed class ContractHistories
{
    private ContractHistories(SufficientStatistics columns, double renewals, double endings, int longest) =>
        (Columns, Renewals, Endings, Longest) = (columns, renewals, endings, longest);

    /// <summary>Number of contracts with a decision, counted with their weights.</summary>
    public double Contracts => Columns.Total;

    /// <summary>Their renewals.</summary>
    public double Renewals { get; }

    /// <summary>How many of them ended.</summary>
    public double Endings { get; }

    /// <summary>Most decisions that a contract has had.</summary>
    internal int Longest { get; }

    /// <summary>Key 1 for ended, first column decisions.</summary>
    internal SufficientStatistics Columns { get; }

    /// <summary>Sorts and merges.</summary>
    /// <param name="histories">The contracts, in any order.</param>
    /// <param name="weights">How many contracts each stands for; null for one each.</param>
    /// <exception cref="FitException">
    /// None has had a decision, or one has a negative number of renewals or a weight that is not positive; the message says which.
    /// </exception>
    public static ContractHistories Of(IEnumerable<ContractHistory> histories, IReadOnlyList<double>? weights = null)
    {
        var list = histories as ContractHistory[] ?? [.. histories];
        var (ended, decisions, counts) = (new List<double>(), new List<double>(), new List<double>());
        var (renewals, endings) = (0.0, 0.0);
        for (var i = 0; i < list.Length; i++)
        {
            var (h, weight) = (list[i], weights?[i] ?? 1);
            if (h.Renewals < 0 || !(weight > 0) || !double.IsFinite(weight))
            {
                throw new FitException(h.Renewals < 0 ? $"contract {i} is impossible: {h}" : $"weight {i} is not positive: {weight}");
            }

            if (h.Decisions > 0)
            {
                ended.Add(h.Ended ? 1 : 0);
                decisions.Add(h.Decisions);
                counts.Add(weight);
                renewals += weight * h.Renewals;
                endings += h.Ended ? weight : 0;
            }
        }

        if (ended.Count == 0)
        {
            throw new FitException("no contract has come up for renewal");
        }

        var columns = SufficientStatistics.Of([.. ended], [.. decisions], new double[ended.Count], [.. counts], null);
        return new ContractHistories(columns, renewals, endings, (int)decisions.Max());
    }

    /// <summary>From the table of the papers: how many contracts of a cohort are left after 0, 1, 2, ... decisions.</summary>
    /// <param name="cohorts">One list each, as long as the cohort has been watched; the counts need not be whole.</param>
    /// <exception cref="FitException">
    /// A cohort is empty, or a count is negative, not finite or greater than the one before; the message says which.
    /// </exception>
    public static ContractHistories OfCohorts(params IEnumerable<IReadOnlyList<double>> cohorts)
    {
        var (histories, weights) = (new List<ContractHistory>(), new List<double>());
        var number = 0;
        foreach (var alive in cohorts)
        {
            for (var t = 0; t < alive.Count; t++)
            {
                if (!(alive[t] >= 0) || alive[t] > (t == 0 ? double.MaxValue : alive[t - 1]))
                {
                    throw new FitException($"cohort {number} cannot have {alive[t]} contracts after {t} decisions");
                }

                if (t > 0 && alive[t] < alive[t - 1])
                {
                    histories.Add(new ContractHistory(t - 1, true));
                    weights.Add(alive[t - 1] - alive[t]);
                }
            }

            if (alive.Count == 0 || alive[0] == 0)
            {
                throw new FitException($"cohort {number} has no contracts");
            }

            if (alive[^1] > 0)
            {
                histories.Add(new ContractHistory(alive.Count - 1, false));
                weights.Add(alive[^1]);
            }

            number++;
        }

        return Of(histories, weights);
    }
}
