using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sql;

/// <summary>What the row of a customer says of the watches.</summary>
/// <param name="Sequence">Number of the customer's last event.</param>
/// <param name="Predicted">Predicted value.</param>
/// <param name="Segments">The own segments that the customer is in.</param>
/// <param name="Definitions">By what definitions.</param>
/// <param name="Watches">How the customer stands with each watch, as kept; null where none has noticed anything.</param>
public sealed record WatchedRow(long Sequence, Money Predicted, SegmentSet Segments, string Definitions, byte[]? Watches)
{
    /// <summary>How the customer stands.</summary>
    public WatchState State => StateOf(Definitions, Watches);

    // Reading the bytes costs more than all else of a look, and they are nearly always those of the last one.
    private WatchState StateBy(WatchMemory? memory)
    {
        if (memory is null || Watches is null)
        {
            return State;
        }

        if (memory.Find(Watches) is { } known)
        {
            return known;
        }

        var state = State;
        memory.Keep(Watches, state);
        return state;
    }

    /// <summary>How a customer stands. A row without a state has been looked at by the definitions that it names.</summary>
    public static WatchState StateOf(string definitions, byte[]? watches) =>
        watches is not null ? JsonSerializer.Deserialize(watches, ValuationJson.Default.WatchState)!
        : definitions.Length == 0 ? WatchState.None
        : new WatchState(WatchVersion.Parse(definitions), []);

    /// <summary>What a row that is written says, and what its watches notice, against the row before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="old">The row before; null where there was none.</param>
    /// <param name="joined">How an identity stood that is merged into the customer; null where none is.</param>
    public static (WatchedRow Now, ImmutableArray<Transition> Transitions) Of(CustomerRow row, WatchedRow? old, WatchState? joined = null)
    {
        if (row.Reading is not { } reading)
        {
            return (new WatchedRow(row.Sequence, default, old?.Segments ?? default, old?.Definitions ?? "", old?.Watches), []);
        }

        if (old is not null && joined is null && reading.LeavesAsItWas(old.Segments, old.Definitions))
        {
            return (old, []);
        }

        var stood = old is null ? null : old.StateBy(reading.Memory);
        var step = WatchStep.Of(stood, joined, old?.Predicted, reading);
        if (old is not null && step.Transitions.IsEmpty && step.State.IsSameAs(stood!))
        {
            return (old, []);
        }

        var kept = step.State is { Standings.IsEmpty: true, IsBehind: false }
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(step.State, ValuationJson.Default.WatchState);
        if (kept is not null)
        {
            reading.Memory?.Keep(kept, step.State);
        }

        return (new WatchedRow(row.Sequence, default, step.State.Segments, step.State.Definitions, kept), step.Transitions);
    }

    /// <summary>What the row of an identity that ends says, and what its watches notice.</summary>
    /// <param name="gone">The row.</param>
    /// <param name="old">The row before.</param>
    public static (WatchedRow Now, ImmutableArray<Transition> Transitions) OfGone(CustomerRow gone, WatchedRow old) => (
        new WatchedRow(gone.Sequence, default, default, "", null),
        gone.Reading is { } reading ? WatchStep.Leave(gone.Id, old.State, old.Predicted, reading) : []);

    /// <summary>The subjects of transitions as a row names them: parted by spaces, with one before and one behind.</summary>
    public static string SubjectsOf(ImmutableArray<Transition> transitions) => $" {string.Join(' ', transitions.Select(t => t.Subject))} ";
}
