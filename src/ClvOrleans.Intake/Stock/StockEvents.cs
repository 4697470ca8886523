using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Stock;

/// <summary>The event <c>Stock Updated</c>, in any spelling. It is about products and about nobody: it needs no customer.</summary>
public static class StockEvents
{
    private static readonly string[] Names = ["stockupdated", "productstockupdated"];

    /// <summary>What an event says of products; null where it is another event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="batch">The body that it came in.</param>
    /// <param name="store">The store.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <exception cref="RefusedException">It cannot count: the message names the field.</exception>
    public static ImmutableArray<StockStatement>? TryRead(
        ReceivedEvent e, ReceivedBatch batch, StoreSettings store, DateTimeOffset receivedAt)
    {
        // Nearly all events are others, and are known by their bytes.
        if (e.IsTooLarge || e.Json.Span.IndexOf("tock"u8) < 0 || e.FindText("event"u8) is not { } name || !IsOne(name))
        {
            return null;
        }

        var json = e.Parse();
        return batch.TypeOf(json) != "track" ? null :
        [
            .. StockJson.OfEvent(Json.Find(json, "properties"), store, EventTime.Of(json, batch, receivedAt, store.TimeZone, [])),
        ];
    }

    private static bool IsOne(string name) =>
        Names.Contains(string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant(), StringComparer.Ordinal);
}
