using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Webhooks;

/// <summary>One real executable that shops call; each test has customers and orders of its own.</summary>
public sealed class ShopServer : IAsyncLifetime
{
    internal const string Settings =
        """
        {"currency":"USD","writeKeys":{"WK":"web"},"sources":[
          {"name":"shopify","kind":"shopify","secrets":["hush","old hush"]},
          {"name":"woo","kind":"woocommerce","secrets":["hush"]},
          {"name":"google","kind":"ga4","measurementId":"G-ABC1234567","secrets":["s3cret"]}]}
        """;

    private RunningClv? _process;

    internal HttpClient Http => _process!.Http;

    public async ValueTask InitializeAsync()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), Settings);
        _process = await ClvInProcess.ServeAsync(folder);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;

    internal static string Sign(byte[] body, string secret = "hush") =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    internal Task<HttpResponseMessage> ShopifyAsync(string topic, string body, string secret = "hush") =>
        PostAsync(
            "webhooks/shopify", Encoding.UTF8.GetBytes(body), ("X-Shopify-Topic", topic),
            ("X-Shopify-Hmac-Sha256", Sign(Encoding.UTF8.GetBytes(body), secret)));

    internal Task<HttpResponseMessage> WooAsync(string topic, string body, string delivery = "d1") => PostAsync(
        "webhooks/woo", Encoding.UTF8.GetBytes(body), ("X-WC-Webhook-Topic", topic),
        ("X-WC-Webhook-Signature", Sign(Encoding.UTF8.GetBytes(body))), ("X-WC-Webhook-Delivery-ID", delivery));

    internal async Task<HttpResponseMessage> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Http.SendAsync(request);
    }

    internal Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    internal async Task<decimal> NetAsync(string customer) =>
        (await GetAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}/clv")).GetProperty("historic").GetProperty("net").GetDecimal();

    internal async Task<JsonElement> SourceAsync(string name) =>
        (await GetAsync("api/v1/sources")).GetProperty("sources").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name);

    internal async Task<long> CountAsync(string source, string outcome, string? code = null)
    {
        var counts = (await SourceAsync(source)).GetProperty(outcome);
        return code is null ? counts.GetInt64()
            : counts.EnumerateArray().Where(c => c.GetProperty("code").GetString() == code).Sum(c => c.GetProperty("events").GetInt64());
    }
}
