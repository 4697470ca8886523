using System.Collections.Immutable;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What a metric was before an experiment, and how units came.</summary>
/// <param name="Mean">Its mean; of a proportion the rate.</param>
/// <param name="Deviation">Its standard deviation, above 0 where it varies.</param>
/// <param name="Customers">How many customers of the audience it was measured on.</param>
/// <param name="Population">How many customers the audience has.</param>
/// <param name="UnitsByDay">Units that come within one day, within two and so on.</param>
/// <param name="IsAssumed">Whether the definition assumes it, and nobody has measured it.</param>
public sealed record MetricHistory(
    double Mean, double Deviation, long Customers, double Population, ImmutableArray<double> UnitsByDay, bool IsAssumed)
{
    /// <summary>The longest time for which units are foreseen, in days.</summary>
    public const int LongestDays = 365;

    /// <summary>What a definition assumes.</summary>
    public static MetricHistory Of(Metric metric, AssumedMetric assumed) => new(
        assumed.Mean,
        Metrics.IsProportion(metric) ? Math.Sqrt(assumed.Mean * (1 - assumed.Mean)) : assumed.Deviation!.Value,
        0,
        assumed.UnitsADay * LongestDays,
        [.. Enumerable.Range(1, LongestDays).Select(d => d * assumed.UnitsADay)],
        true);

    /// <summary>What was measured on a sample of the customers.</summary>
    /// <param name="values">The metric of each sampled customer of the audience.</param>
    /// <param name="firstDays">
    /// For each that did anything in the last days, the number of the day on which they first did, from 0 on.
    /// </param>
    /// <param name="days">Of how many last days.</param>
    /// <param name="sampled">Part of all customers that was sampled, above 0 and at most 1.</param>
    /// <exception cref="ExperimentException">There are fewer than two customers.</exception>
    public static MetricHistory Of(IReadOnlyCollection<double> values, IReadOnlyCollection<int> firstDays, int days, double sampled)
    {
        var sample = Sample.Of(values);
        var news = new int[days];
        foreach (var day in firstDays)
        {
            news[day]++;
        }

        var units = new double[LongestDays];
        var sum = 0.0;
        for (var day = 0; day < LongestDays; day++)
        {
            // Nothing is foreseen beyond what was seen.
            sum += day < days ? news[day] / sampled : 0;
            units[day] = sum;
        }

        return new MetricHistory(sample.Mean, Math.Sqrt(sample.Variance), values.Count, values.Count / sampled, [.. units], false);
    }
}
