using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Watches;

/// <summary>
/// What the watches of a store say of a customer row that is about to be written. Storage compares it, in the transaction of the row, with
/// how the customer stood before: only there both are exact.
/// </summary>
public sealed record WatchReading
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The watches.</summary>
    public required WatchList List { get; init; }

    /// <summary>Whether the rule of each watch holds, in the order of <see cref="WatchList.Watches"/>; true for a watch without one.</summary>
    public required ImmutableArray<bool> Holds { get; init; }

    /// <summary>When the customer was looked at, in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required WatchCause Cause { get; init; }

    /// <summary>The customer as of now; the value before is not in it.</summary>
    public required TransitionFacts Facts { get; init; }

    /// <summary>The new events of this commit, in order; none in a refresh or a merge.</summary>
    public ImmutableArray<(EventKey Key, EventKind Kind)> Events { get; init; } = [];
}
