using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>One real executable for all tests of the intake; each test has customers, orders and messages of its own.</summary>
public sealed class IntakeServer : IAsyncLifetime
{
    // The keys of the captures, and one with a source of its own.
    internal const string Settings =
        """
        {"id":"shop","currency":"USD","timeZone":"UTC","marginBasisPoints":3000,"annualDiscountRate":0.1,"horizonDays":365,"rates":{"JPY":0.0065},
         "writeKeys":{"WK":"web","WK_TEST":"node","WK_B":"browser","WK_R":"rudder","sch\u00fcssel-\u9375":"unicode"}}
        """;

    private RunningClv? _process;

    internal HttpClient Http => _process!.Http;

    internal Uri Address => Http.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), Settings);
        _process = await ClvInProcess.ServeAsync(folder);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;

    internal static byte[] Zip(ReadOnlySpan<byte> bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }

    internal async Task<JsonElement> SendAsync(params object[] events)
    {
        using var reply = await Http.PostAsJsonAsync("v1/batch", new { batch = events, writeKey = "WK" });
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    internal Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "text/plain"));

    internal Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    internal Task<JsonElement> ProfileAsync(string customer) => GetAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}");

    internal async Task<decimal> NetAsync(string customer) =>
        (await GetAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}/clv")).GetProperty("historic").GetProperty("net").GetDecimal();
}
