using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Valuation.Models;

/// <summary>Turns a summary into an estimate. Pure and safe to call from many threads.</summary>
public interface IValueModel
{
    /// <summary>The version that all its estimates name.</summary>
    ModelVersion Version { get; }

    /// <summary>
    /// Whether P(alive) never rises while a customer does nothing, so that the day on which it falls below a bound can be solved.
    /// </summary>
    bool FallsInSilence => false;

    /// <summary>How values and totals lie around what it expects.</summary>
    ValueIntervals Intervals => ValueIntervals.Unknown;

    /// <summary>The estimate for a local day; purchases after that day are not seen.</summary>
    Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon);

    /// <summary>
    /// The same estimate, to the bit, of one customer again and again: a model may keep what it made of the past in the trace.
    /// </summary>
    Estimate Follow(
        CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon, RecurrentTrace trace) =>
        Estimate(customer, market, store, asOf, horizon);

    /// <summary>The same with what costs more to compute: the next order's quantiles and the interval of the value.</summary>
    Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon);
}
