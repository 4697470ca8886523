using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>What the row of a customer says of the watches.</summary>
/// <param name="Sequence">Number of the customer's last event.</param>
/// <param name="Predicted">Predicted value.</param>
/// <param name="Segments">The own segments that the customer is in.</param>
/// <param name="Definitions">By what definitions.</param>
/// <param name="Watches">How the customer stands with each watch, as kept; null where none has noticed anything.</param>
internal sealed record WatchedRow(long Sequence, Money Predicted, SegmentSet Segments, string Definitions, byte[]? Watches)
{
    public WatchState State => SqliteWatches.StateOf(Definitions, Watches);
}
