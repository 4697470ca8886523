using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>A service whose warehouse may state stock by events; the key of the shop's pages may not.</summary>
public sealed class StockFixture : ClvFixture
{
    /// <summary>The write key of the warehouse.</summary>
    public const string Warehouse = "warehouse-key";

    protected override string Settings =>
        $$"""{ "writeKeys": { "WK": "web", "{{Warehouse}}": "warehouse" }, "stockSources": ["warehouse"] }""";

    /// <summary>Sends events under a write key.</summary>
    public async Task<JsonElement> SendAsAsync(string writeKey, params object[] events)
    {
        using var reply = await Clv.Http.PostAsJsonAsync("v1/batch", new { batch = events, writeKey });
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }
}
