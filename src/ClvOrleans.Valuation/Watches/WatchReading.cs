using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Segments;

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

    /// <summary>Whether the rule of each watch holds, in the order of <see cref="WatchList.Watches"/>; true for a watch without
    /// one.</summary>
    public required ImmutableArray<bool> Holds { get; init; }

    /// <summary>When the customer was looked at, in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required WatchCause Cause { get; init; }

    /// <summary>The customer as of now; the value before is not in it.</summary>
    public required TransitionFacts Facts { get; init; }

    /// <summary>The new events of this commit, in order; none in a refresh or a merge.</summary>
    public ImmutableArray<(EventKey Key, EventKind Kind)> Events { get; init; } = [];

    /// <summary>How the customer stood when whoever looks last looked at them; null where nobody keeps it.</summary>
    public WatchMemory? Memory { get; init; }

    /// <summary>
    /// Whether a customer who was looked at by these very definitions stands as they did, as most events leave them: then no step needs to
    /// be taken. Only told where nothing but own segments is watched.
    /// </summary>
    /// <param name="segments">The own segments that the customer was in.</param>
    /// <param name="definitions">The definitions, as the row names them.</param>
    public bool LeavesAsItWas(SegmentSet segments, string definitions)
    {
        if (!List.IsOfSegments || definitions != List.Definitions)
        {
            return false;
        }

        // Both are by name.
        var left = segments.Text.AsSpan();
        for (var place = 0; place < Holds.Length; place++)
        {
            if (!Holds[place])
            {
                continue;
            }

            var end = left.IndexOf(' ');
            if (!left[..(end < 0 ? left.Length : end)].SequenceEqual(List.Watches[place].Subject.Id))
            {
                return false;
            }

            left = end < 0 ? [] : left[(end + 1)..];
        }

        return left.IsEmpty;
    }
}
