using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Training.Validation;

/// <summary>Predicts what groups of buyers, who are read one after the other, will spend together: sums alone are kept.</summary>
/// <param name="model">The model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
/// <param name="day">The day as of which is predicted.</param>
/// <param name="horizon">How far.</param>
/// <param name="group">The one group that all of them are in; null where they are in that of the store and in their lifecycle's.</param>
public sealed class TotalsTally(
    IValueModel model, MarketCalendar market, StoreSettings store, DateOnly day, Horizon horizon, string? group = null)
{
    private readonly StoreSettings _undiscounted = store with { AnnualDiscountRate = 0 };
    private readonly SortedDictionary<string, Sums> _groups = new(StringComparer.Ordinal);

    /// <summary>Predicts a customer, if they had bought by the day.</summary>
    public void Add(CustomerSummary customer)
    {
        if (!customer.PurchaseDays.IsEmpty && customer.PurchaseDays[0].Day <= day)
        {
            Add(model.Estimate(customer, market, _undiscounted, day, horizon), customer);
        }
    }

    /// <summary>The totals: of each group that has customers.</summary>
    public IReadOnlyList<PredictedTotal> Totals() => [.. _groups.Select(g =>
    {
        var sums = g.Value;
        var interval = model.Intervals.OfTotal(sums.Expected, sums.Variance, sums.Hazard, horizon).Interval(PredictedTotal.Level);
        return new PredictedTotal
        {
            Model = model.Version.Id,
            MadeOn = day,
            Days = horizon.Days,
            Group = g.Key,
            Customers = sums.Customers,
            Expected = sums.Expected,
            Lower = (double)interval.Lower.Minor,
            Upper = (double)interval.Upper.Minor,
        };
    })];

    internal static IEnumerable<string> GroupsOf(Estimate estimate, CustomerSummary customer, DateOnly day) =>
        [PredictedTotal.Store, SegmentNames.Format(LifecycleRule.Of(customer, day, estimate.ProbabilityAlive))];

    private void Add(Estimate estimate, CustomerSummary customer)
    {
        foreach (var name in group is null ? GroupsOf(estimate, customer, day) : [group])
        {
            var sums = _groups.GetValueOrDefault(name);
            _groups[name] = new Sums(
                sums.Customers + 1, sums.Expected + (double)estimate.Value.Minor, sums.Variance + estimate.Variance,
                sums.Hazard + estimate.Hazard);
        }
    }

    private readonly record struct Sums(long Customers, double Expected, double Variance, double Hazard);
}
