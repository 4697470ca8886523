using System.Text.Json;

namespace ClvOrleans.Server.Demo;

/// <summary>Requests to paste, about a customer whose answers are worth a look.</summary>
internal static class DemoExamples
{
    /// <summary>The lines to print.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(HttpClient http, string writeKey, CancellationToken cancellation)
    {
        var address = http.BaseAddress!.ToString().TrimEnd('/');
        var (customer, what) = await FindAsync(http, cancellation);
        return
        [
            $"  # {what}: what are they worth?",
            $"  curl {address}/api/customers/{customer}/clv",
            "",
            "  # where the value of all customers lies",
            $"  curl {address}/api/segments",
            "",
            "  # they order again: send it, then ask the first question once more",
            $"  curl -u {writeKey}: {address}/v1/track -d '{{\"userId\":\"{customer}\",\"event\":\"Order Completed\",\"properties\":{{\"order_id\":\"mine-{customer}\",\"revenue\":80}}}}'",
        ];
    }

    // Whoever has spent most and is about to be lost moves most when they order; a small store may have nobody like that.
    private static async Task<(string Customer, string What)> FindAsync(HttpClient http, CancellationToken cancellation)
    {
        (string Query, string What)[] wanted =
        [
            ("?segment=at-risk&sort=historic&limit=1", "a good customer who has gone quiet"),
            ("?segment=cooling&sort=historic&limit=1", "a good customer who has been silent for a while"),
            ("?sort=historic&limit=1", "the customer who has spent most"),
        ];
        foreach (var (query, what) in wanted)
        {
            var page = await http.GetFromJsonAsync<JsonElement>("api/customers" + query, cancellation);
            foreach (var customer in page.GetProperty("customers").EnumerateArray())
            {
                return (customer.GetProperty("customer").GetString()!, what);
            }
        }

        throw new InvalidOperationException("The store has no customers.");
    }
}
