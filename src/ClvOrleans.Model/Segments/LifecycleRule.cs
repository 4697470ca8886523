using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Model.Segments;

/// <summary>The rule that gives a customer their lifecycle.</summary>
public static class LifecycleRule
{
    /// <summary>The rhythm, in days, that is assumed of customers with a single purchase day.</summary>
    public const int AssumedRhythm = 60;

    /// <summary>
    /// Lost: P(alive) below .2, or silent for 6 times their rhythm. At risk: below .5, or 3 times. Cooling: below .8, or 1.5 times.
    /// Otherwise new with one purchase day, active with more. The rhythm is the mean gap between the customer's purchase days,
    /// at least a week.
    /// </summary>
    public static Lifecycle Of(CustomerSummary customer, Estimate estimate)
    {
        if (customer.HistoryAt(estimate.AsOf) is not { } history)
        {
            return Lifecycle.Prospect;
        }

        var rhythm = history.Repeats == 0 ? AssumedRhythm : Math.Max(7, history.LastPurchase * 7 / history.Repeats);
        var silence = (history.Observed - history.LastPurchase) * 7 / rhythm;
        return (estimate.ProbabilityAlive, silence) switch
        {
            ( < .2, _) or (_, > 6) => Lifecycle.Lost,
            ( < .5, _) or (_, > 3) => Lifecycle.AtRisk,
            ( < .8, _) or (_, > 1.5) => Lifecycle.Cooling,
            _ => history.Repeats == 0 ? Lifecycle.New : Lifecycle.Active,
        };
    }
}
