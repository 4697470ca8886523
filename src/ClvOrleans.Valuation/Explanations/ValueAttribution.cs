using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>
/// Why a value moved: each of the latest events and the time between them. A function of the set of events, like the state: they count in
/// the order in which they happened, whenever they arrived and under whichever identity. One model and one calendar value every step.
/// </summary>
/// <param name="Start">The value before the first move.</param>
/// <param name="Moves">The moves, the oldest first; each begins where the one before ended.</param>
/// <param name="End">The value now: that of <see cref="IValueModel.Estimate"/>.</param>
public sealed record ValueAttribution(Money Start, ImmutableArray<ValueStep> Moves, Money End)
{
    /// <summary>Folds a customer's events again and values each step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="events">
    /// All events of the customer, each once, in any order; those after <paramref name="asOf"/> count on that day.
    /// </param>
    /// <param name="market">The market.</param>
    /// <param name="store">The store.</param>
    /// <param name="asOf">The local day for which the value holds.</param>
    /// <param name="horizon">How far it looks ahead.</param>
    /// <param name="count">How many of the latest events that the model reads are told one by one, at least 0.</param>
    public static ValueAttribution Of(
        IExplainedModel model, IEnumerable<CustomerEvent> events, MarketCalendar market, StoreSettings store, DateOnly asOf,
        Horizon horizon, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var sorted = events.OrderBy(e => e.At).ThenBy(e => e.Key).ToArray();
        var told = Enumerable.Range(0, sorted.Length).Where(i => model.Reads(sorted[i].Kind)).TakeLast(count).ToArray();
        var isAll = told.Length < count;
        var begin = isAll ? 0 : told.Length > 0 ? told[0] : sorted.Length;
        var before = CustomerState.Fold(sorted.Take(begin), store);
        var walk = new EventPath(model, market, store, asOf, horizon, before, begin < sorted.Length ? sorted[begin] : null);
        foreach (var e in sorted.Skip(begin))
        {
            walk.Take(e);
        }

        return walk.Finish();
    }
}
