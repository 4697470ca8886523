using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What follows from a metric.</summary>
public static class Metrics
{
    /// <summary>Whether each unit either does it or not, so that the metric is a proportion.</summary>
    public static bool IsProportion(Metric metric) => metric is Metric.Purchased or Metric.Visited or Metric.Clicked or Metric.Unsubscribed;

    /// <summary>Whether it is an amount of the store's currency.</summary>
    public static bool IsMoney(Metric metric) => metric is Metric.Spend or Metric.Margin or Metric.ExpectedMargin;

    /// <summary>Whether more of it is worse.</summary>
    public static bool IsHarm(Metric metric) => metric == Metric.Unsubscribed;

    /// <summary>The value of a unit: 0 or 1, a number, or whole units of the currency.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="outcome">What came of the unit.</param>
    /// <param name="currency">The store's currency.</param>
    /// <param name="surrogate">How an expected margin is made; no other metric asks for it.</param>
    /// <exception cref="ArgumentNullException">An expected margin is asked for without a surrogate.</exception>
    public static double Of(Metric metric, Outcome outcome, Currency currency, Surrogate? surrogate = null) => metric switch
    {
        Metric.Purchased => outcome.Orders > 0 ? 1 : 0,
        Metric.Orders => outcome.Orders,
        Metric.Spend => (double)currency.ToMajor(outcome.Spend),
        Metric.Margin => (double)currency.ToMajor(outcome.Margin),
        Metric.ExpectedMargin => (surrogate ?? throw new ArgumentNullException(nameof(surrogate), "An expected margin needs a surrogate."))
            .IndexOf((double)currency.ToMajor(outcome.Margin), (double)currency.ToMajor(outcome.PredictedMargin)),
        Metric.Visited => outcome.Visited ? 1 : 0,
        Metric.Clicked => outcome.Clicked > 0 ? 1 : 0,
        Metric.Unsubscribed => outcome.Unsubscribed > 0 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };
}
