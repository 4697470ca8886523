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
    /// <param name="mayState">Whether its source may state stock. The write key of a page is public: anybody could empty a shop.</param>
    /// <exception cref="RefusedException">It cannot count: the message names the field.</exception>
    public static ImmutableArray<StockStatement>? TryRead(
        ReceivedEvent e, ReceivedBatch batch, StoreSettings store, DateTimeOffset receivedAt, bool mayState)
    {
        // Nearly all events are others, and are known by their bytes.
        if (e.IsTooLarge || e.Json.Span.IndexOf("tock"u8) < 0 || e.FindText("event"u8) is not { } name || !IsOne(name))
        {
            return null;
        }

        var json = e.Parse();
        if (batch.TypeOf(json) != "track")
        {
            return null;
        }

        return mayState
            ? [.. StockJson.OfEvent(Json.Find(json, "properties"), store, EventTime.Of(json, batch, receivedAt, store.TimeZone, []))]
            : throw new RefusedException(
                "stock_not_allowed",
                "This write key may not state stock, since those of pages are public. State it by PUT /api/v1/stock, or add the key's "
                    + "source to stockSources in store.json.");
    }

    private static bool IsOne(string name) =>
        Names.Contains(string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant(), StringComparer.Ordinal);
}
