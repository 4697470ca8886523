using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>Batches of a shop: every fifth event is an order, the others are product views.</summary>
internal static class Batches
{
    public const int Size = 100;

    public const int Customers = 5_000;

    public static byte[] Of(int number, int customers = Customers) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        batch = Enumerable.Range(number * Size, Size).Select(i => new
        {
            type = "track",
            @event = i % 5 == 0 ? "Order Completed" : "Product Viewed",
            userId = Text($"c{i % customers}"),
            messageId = Text($"m{i}"),
            properties = i % 5 == 0
                ? new Dictionary<string, object> { ["order_id"] = Text($"o{i}"), ["revenue"] = 10 + (i % 50) }
                : new Dictionary<string, object> { ["product_id"] = Text($"p{i % 300}"), ["category"] = "a" },
        }),
    });

    /// <summary>All customers consent to a channel.</summary>
    public static IEnumerable<byte[]> Consents(string channel) =>
        Consents(channel, Enumerable.Range(0, Customers).Select(i => Text($"c{i}")));

    /// <summary>Some customers consent to a channel.</summary>
    public static IEnumerable<byte[]> Consents(string channel, IEnumerable<string> customers) => customers.Chunk(Size).Select(some =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            batch = some.Select(i => new
            {
                type = "track",
                @event = "Consent Changed",
                userId = i,
                messageId = $"consent-{channel}-{i}",
                properties = new { consents = new Dictionary<string, bool> { [channel] = true } },
            }),
        }));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
