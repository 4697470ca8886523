using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// Measures what came of an exposure: the customer's events from the moment of the exposure to the end of its window, and the margin that
/// is predicted as of that end. A pure function of the set of events, the model and the calendar.
/// </summary>
public static class OutcomeRule
{
    /// <summary>Measures.</summary>
    /// <param name="exposure">The exposure.</param>
    /// <param name="timeline">The customer's events as they are known now.</param>
    /// <param name="sequence">The customer's sequence of these events.</param>
    /// <param name="model">The model that predicts.</param>
    /// <param name="market">The market calendar.</param>
    /// <param name="store">The store.</param>
    public static Outcome Measure(
        Exposure exposure, CustomerTimeline timeline, long sequence, IValueModel model, MarketCalendar market, StoreSettings store)
    {
        var state = timeline.StateAt(exposure.Until);
        var orders = state.Orders.Values.Where(o => o.IsPurchase && o.Completed!.At >= exposure.At).ToList();
        CustomerEvent[] since = [.. timeline.Until(exposure.Until).Events
            .Where(e => e.At >= exposure.At && e.Message is not { IsMachine: true })];
        var predicted = state.Events == 0 || AheadOf(exposure, store) is not { } ahead
            ? Money.Zero
            : model.Estimate(CustomerSummary.Of(state, store), market, store, exposure.Until, ahead).Margin;
        return new Outcome
        {
            Subject = exposure.Subject,
            Unit = exposure.Unit,
            Sequence = sequence,
            Orders = orders.Count,
            Spend = orders.Aggregate(Money.Zero, (sum, o) => sum + o.Net),
            Margin = orders.Aggregate(Money.Zero, (sum, o) => sum + o.MarginAt(store.MarginBasisPoints)),
            Visited = since.Any(e => e is { IsStatement: false, IsFact: false } or { Kind: EventKind.MessageClicked }),
            Sent = since.Count(e => e.Kind == EventKind.MessageSent),
            Clicked = since.Count(e => e.Kind == EventKind.MessageClicked),
            Unsubscribed = since.Count(e => e.Kind is EventKind.Unsubscribed or EventKind.MessageComplained),
            PredictedMargin = predicted,
            Model = model.Version.Id,
        };
    }

    /// <summary>The rest of the store's horizon after a window; null where the window is as long.</summary>
    public static Horizon? AheadOf(Exposure exposure, StoreSettings store)
    {
        var left = store.Horizon.Days - (exposure.Until.DayNumber - store.DayOf(exposure.At).DayNumber);
        return left > 0 ? new Horizon(left) : null;
    }
}
