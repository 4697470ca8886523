using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Segments;

/// <summary>The rule that gives a customer their lifecycle.</summary>
public static class LifecycleRule
{
    /// <summary>The gap between purchase days, in days, that is assumed for a customer without a known gap.</summary>
    public const int AssumedRhythm = 60;

    /// <summary>
    /// Lost: P(alive) below .2, or silent for 6 times their rhythm. At risk: below .5, or 3 times. Cooling: below .8, or 1.5 times.
    /// Otherwise new with one purchase day, active with more. The rhythm is the mean of the customer's gaps between purchase days and
    /// one assumed gap, so that two purchases in a row do not make a daily buyer; at least a week. Silence moves a customer even where
    /// a model never does: BG/NBD gives one-time buyers P(alive) = 1 for ever.
    /// </summary>
    public static Lifecycle Of(CustomerSummary customer, Estimate estimate) =>
        Of(customer, estimate.AsOf, estimate.ProbabilityAlive);

    /// <summary>The same for a customer of whom no more is known than P(alive) on a day.</summary>
    public static Lifecycle Of(CustomerSummary customer, DateOnly asOf, double probabilityAlive)
    {
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return Lifecycle.Prospect;
        }

        var rhythm = Math.Max(7, (AssumedRhythm + (history.LastPurchase * 7)) / (1 + history.Repeats));
        var silence = (history.Observed - history.LastPurchase) * 7 / rhythm;
        return (probabilityAlive, silence) switch
        {
            ( < .2, _) or (_, > 6) => Lifecycle.Lost,
            ( < .5, _) or (_, > 3) => Lifecycle.AtRisk,
            ( < .8, _) or (_, > 1.5) => Lifecycle.Cooling,
            _ => history.Repeats == 0 ? Lifecycle.New : Lifecycle.Active,
        };
    }
}
