using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Testing;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>Two silos over PostgreSQL with two stores, whose quotas are small enough to be spent.</summary>
public sealed class TwoStoresOfSilos : IAsyncLifetime
{
    private const string Settings = """{ "writeKeys": { "WK": "web" } }""";

    private static readonly string[] Quotas =
    [
        "Limits__EventsPerKey=10", "Limits__EventBytesPerDay=10485760", "Limits__RequestsPerKey=20", "Limits__FailuresPerAddress=2",
        "DeadLetters__MostLetters=5", "Jobs__AtOnce=1",
    ];

    private readonly List<RunningClv> _silos = [];

    /// <summary>The silos, as the owner asks them.</summary>
    internal IReadOnlyList<RunningClv> Silos => _silos;

    public async ValueTask InitializeAsync()
    {
        var database = TestServer.ConnectionStringFor("exhaustion");
        await TestServer.RunAsync(TestServer.ConnectionStringFor("public"), "CREATE SCHEMA exhaustion");
        for (var i = 0; i < 2; i++)
        {
            var folder = ClvProcess.NewFolder();
            await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), Settings);
            _silos.Add(await ClvInProcess.ServeWithAsync([.. Quotas, $"CLV_POSTGRES={database}"], folder));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    /// <summary>A new store.</summary>
    internal async Task<StoreOfSilos> MakeAsync(string id)
    {
        using var made = await _silos[0].Http.PostAsJsonAsync("api/v1/stores", new { id, currency = "EUR" });
        var writeKey = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("writeKey").GetString()!;
        var keys = new List<string>();
        for (var i = 0; i < 2; i++) // Requests are counted by key: one to spend, and one to look with.
        {
            using var key = await _silos[0].Http.PostAsJsonAsync("api/v1/keys", new { name = id, scope = "admin", store = id });
            keys.Add((await key.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!);
        }

        return new StoreOfSilos(
            writeKey, [.. keys.Select(k => (IReadOnlyList<HttpClient>)[.. _silos.Select(s => With(s.Http.BaseAddress!, k))])]);
    }

    private static HttpClient With(Uri address, string key) => new(new SocketsHttpHandler { UseCookies = false })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };
}
