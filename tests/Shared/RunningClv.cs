using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Tests;

/// <summary>A service over a folder of its own, whichever process it is in, and what tests ask of it as its owner.</summary>
internal abstract class RunningClv(Uri address, string folder) : IAsyncDisposable
{
    /// <summary>Asks as the owner.</summary>
    public HttpClient Http { get; } = OwnerKey.Client(address, folder);

    public async Task<JsonElement> SendAsync(params object[] events)
    {
        using var reply = await Http.PostAsJsonAsync("v1/batch", new { batch = events, writeKey = "WK" });
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> ClvAsync(string customer, string query = "") =>
        Http.GetFromJsonAsync<JsonElement>($"api/v1/customers/{Uri.EscapeDataString(customer)}/clv{query}");

    /// <summary>A link that signs the owner in, once.</summary>
    public async Task<string> LinkAsync()
    {
        using var reply = await Http.PostAsync("api/v1/keys/link", null);
        return (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
    }

    /// <summary>Asks it to end as SIGTERM does; its exit status.</summary>
    public abstract Task<int> StopAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The command that serves a folder; a new store takes events by the key WK.</summary>
    protected static string[] Serve(string folder, string address)
    {
        string[] key = KeyOf(folder) is { } writeKey ? ["--write-key", writeKey] : [];
        return ["serve", "--data", folder, "--urls", address, .. key];
    }

    /// <summary>The key by which a new store takes events; null for one that is there.</summary>
    protected static string? KeyOf(string folder) => File.Exists(Path.Combine(folder, "store.json")) ? null : "WK";

    /// <summary>The address in the line that says it is ready ("Serving FOLDER at ADDRESS (..."); null for another line.</summary>
    protected static Uri? FindAddress(string line) =>
        line.Split(" at ") is [_, var rest] ? new Uri(rest.Split(' ')[0].TrimEnd(',')) : null;
}
