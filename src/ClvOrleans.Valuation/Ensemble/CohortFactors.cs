using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// Sets customers' values to the level of the store, cohort by cohort: whoever first bought in the same time has the same factor, so that
/// their ranking stays, and the values of a cohort add up to what the store's level expects of it. Between trainings the factors move as
/// the store's season does beyond what the seasonal clock makes of it already.
/// </summary>
/// <param name="Store">The level of the store.</param>
/// <param name="Cohorts">The cohorts, the oldest first.</param>
/// <param name="Days">The horizon over which values add up.</param>
public sealed record CohortFactors(StoreLevel Store, ImmutableArray<CohortFactor> Cohorts, int Days)
{
    /// <summary>The factor of a customer.</summary>
    /// <param name="clock">The clock of the values.</param>
    /// <param name="firstPurchase">The day of the first purchase.</param>
    /// <param name="asOf">The day as of which is forecast.</param>
    public double Of(SeasonalClock clock, DateOnly firstPurchase, DateOnly asOf) =>
        Cohorts[PlaceOf(firstPurchase)].Factor * Season(clock, asOf);

    /// <summary>How much more the store's season is than the clock's in the days ahead.</summary>
    public double Season(SeasonalClock clock, DateOnly asOf) =>
        Store.Index(asOf, new Horizon(Days)) * Days / 7 / clock.Weeks(asOf, asOf.AddDays(Days));

    /// <summary>The place of a customer's cohort; earlier first purchases belong to the oldest.</summary>
    public int PlaceOf(DateOnly firstPurchase)
    {
        var month = CalendarMonth.Of(firstPurchase);
        var place = Cohorts.Length - 1;
        while (place > 0 && Cohorts[place].Month > month)
        {
            place--;
        }

        return place;
    }
}
