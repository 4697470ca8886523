using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>
/// One service with two stores over one journal. Whatever the first was told has a word and an amount that nothing else has.
/// </summary>
public sealed class TwoStores : IAsyncLifetime
{
    /// <summary>Within every id and name of the first store.</summary>
    public const string Word = "zebra";

    /// <summary>What the customer of the first store has spent.</summary>
    public const string Amount = "91234";

    internal static readonly StoreId Theirs = new("shop");
    internal static readonly StoreId Ours = new("outlet");

    private readonly Dictionary<StoreId, HttpClient> _admins = [];
    private WebApplication _service = null!;

    internal WebApplication Service => _service;

    /// <summary>What each store was told: the same, by other names.</summary>
    internal static (HttpMethod Method, string Path, string Body)[] ToldBy(string word, string amount) =>
    [
        (HttpMethod.Put, $"api/v1/own-segments/{word}-segment", """{"rule":"orders > 0","description":"WORD"}"""),
        (HttpMethod.Put, $"api/v1/policies/{word}-policy", """
            { "id": "WORD-policy", "when": { "event": "OrderCompleted" }, "budget": { "amount": 0 },
              "do": { "channel": "slot", "topic": "WORD-topic", "cost": 0, "effect": { "amount": 1 }, "transactional": true } }
            """),
        (HttpMethod.Post, $"api/v1/policies/{word}-policy/mode", """{ "mode": "live" }"""),
        (HttpMethod.Put, $"api/v1/subscriptions/{word}-crm", """{"url":"https://WORD.example.com/hook","topics":["decisions"]}"""),
        (HttpMethod.Post, "api/v1/market",
            """{"id":"WORD-sale","kind":"promotion","from":"2026-01-01","to":"2026-01-02","strength":0.5}"""),
        (HttpMethod.Put, "api/v1/stock", """{"product":"WORD-hat","units":7}"""),
        (HttpMethod.Post, "api/v1/acquisition/costs", $"channel,from,to,amount\nWORD-ads,2020-01-01,2120-12-31,{amount}\n"),
        (HttpMethod.Post, $"api/v1/lists/{word}-list/customers", """{"add":["WORD-anna"]}"""),
        (HttpMethod.Put, $"api/v1/customers/{word}-anna/consents", """{"email":true}"""),
        (HttpMethod.Post, "api/v1/rules/preview", """{"rule":"orders > 0"}"""),
    ];

    public async ValueTask InitializeAsync()
    {
        var folder = TemporaryFolder.New();
        _service = ClvHost.Build(new ProcessOptions(folder, "http://127.0.0.1:0", WriteKey: "wk_zebra", Relaxed: true));
        await _service.StartAsync();
        var address = new Uri(_service.Urls.First());
        using var owner = OwnerKey.Client(address, folder);
        using var made = await owner.PostAsJsonAsync("api/v1/stores", new { id = Ours.Value, currency = "EUR" });
        var ourKey = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("writeKey").GetString()!;
        foreach (var store in (StoreId[])[Theirs, Ours])
        {
            using var key = await owner.PostAsJsonAsync("api/v1/keys", new { name = store.Value, scope = "admin", store = store.Value });
            var text = (await key.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
            _admins[store] = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", text) } };
        }

        await FillAsync(Theirs, "wk_zebra", Word, Amount + ".56");
        await FillAsync(Ours, ourKey, "heron", "40.00");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var admin in _admins.Values)
        {
            admin.Dispose();
        }

        await _service.StopAsync();
        await _service.DisposeAsync();
    }

    internal T Get<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    /// <summary>Asks by the key of a store, which may do everything there.</summary>
    internal async Task<(int Status, string Body)> SendAsync(StoreId store, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var reply = await _admins[store].SendAsync(request);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    private async Task FillAsync(StoreId store, string key, string word, string amount)
    {
        object[] events =
        [
            new
            {
                type = "track",
                @event = "Order Completed",
                userId = $"{word}-anna",
                anonymousId = $"{word}-visitor",
                messageId = $"{word}-m1",
                properties = new
                {
                    order_id = $"{word}-order",
                    revenue = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
                    products = new[] { new { product_id = $"{word}-hat", name = word, price = 40, quantity = 1 } },
                },
            },
            new { type = "identify", userId = $"{word}-anna", messageId = $"{word}-m2", traits = new { city = $"{word}-town" } },
            new { type = "track", userId = $"{word}-anna", messageId = $"{word}-refused" },
        ];
        using var sent = await _admins[store].PostAsJsonAsync("v1/batch", new { batch = events, writeKey = key });
        Assert.Equal(2, (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
        foreach (var (method, path, body) in ToldBy(word, amount))
        {
            var (status, reply) = await SendAsync(store, method, path, body.Replace("WORD", word, StringComparison.Ordinal));
            Assert.True(status < 300, $"{path}: {reply}");
        }

        using var file = new HttpRequestMessage(HttpMethod.Post, $"api/v1/imports?name={word}-file")
        {
            Content = new StringContent($"customer_id,order_id,timestamp,total\n{word}-bert,{word}-old,2026-01-02T00:00:00Z,3\n"),
        };
        using var imported = await _admins[store].SendAsync(file);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
    }
}
