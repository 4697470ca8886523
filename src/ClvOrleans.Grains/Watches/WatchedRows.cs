using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Watches;

/// <summary>Has the watches of a store look at customer rows that are about to be written.</summary>
internal static class WatchedRows
{
    /// <summary>The row with what the watches say of it.</summary>
    /// <param name="row">The row, of the day of its estimate.</param>
    /// <param name="list">The watches.</param>
    /// <param name="store">The store.</param>
    /// <param name="model">The model version of the estimate.</param>
    /// <param name="at">When.</param>
    /// <param name="cause">Why.</param>
    /// <param name="events">The new events, in order.</param>
    /// <param name="memory">How the customer stood at the last look.</param>
    public static CustomerRow Look(
        CustomerRow row, WatchList list, StoreSettings store, string model, DateTimeOffset at, WatchCause cause,
        ImmutableArray<CustomerEvent> events = default, WatchMemory? memory = null)
    {
        var (c, day) = (row.Contribution, row.Contribution.EstimatedOn);
        var holds = list.Watches.IsEmpty ? [] : list.Evaluate(new CustomerFacts(row.Id, row.Summary, c, day, store));
        var lifecycle = c.Cell?.Lifecycle;
        return row with
        {
            TurnsOn = list.MovesWithTime ? row.TurnsOn : DateOnly.MaxValue,
            Reading = new WatchReading
            {
                Customer = row.Id,
                List = list,
                Holds = holds,
                At = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), // As rows and lists hold it.
                Cause = cause,
                Memory = memory,
                Facts = new TransitionFacts(
                    day, row.Sequence, null, c.Sums.Predicted, lifecycle == Lifecycle.Prospect ? null : c.Sums.Alive, lifecycle, model,
                    c.Generation),
                Events = events.IsDefaultOrEmpty ? [] : [.. events.Select(e => (e.Key, e.Kind))],
            },
        };
    }

    /// <summary>Why a row is looked at that does not rest on what it should: a day that passed comes first, definitions last.</summary>
    public static WatchCause CauseOf(Contribution row, EstimateTerms due, int marginBasisPoints) =>
        row.EstimatedOn != due.Day ? WatchCause.Time
        : row.Generation < due.Generation ? new WatchCause(WatchCauseKind.Model)
        : row.Market != due.Market || row.MarginBasisPoints != marginBasisPoints ? new WatchCause(WatchCauseKind.Market)
        : WatchCause.Definition;

    /// <summary>Whether only a day has passed since a row was written: the day on which a watch turns next is still the same.</summary>
    public static bool IsSameBut(Contribution row, EstimateTerms due, int marginBasisPoints) =>
        row.Generation == due.Generation && row.Market == due.Market && row.Definitions == due.Definitions
        && row.MarginBasisPoints == marginBasisPoints;
}
