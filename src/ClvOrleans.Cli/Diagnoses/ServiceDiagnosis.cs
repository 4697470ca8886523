using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ClvOrleans.Server.Stores;
using static ClvOrleans.Cli.Diagnoses.Finding;

namespace ClvOrleans.Cli.Diagnoses;

/// <summary>A running service: whether it is ready, its model, and how old its figures are.</summary>
internal static class ServiceDiagnosis
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> FindAsync(Uri address, string? key, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var ready = await http.GetAsync("health/ready", cancellation);
            var body = await ready.Content.ReadAsStringAsync(cancellation);
            return ready.IsSuccessStatusCode
                ? [Good("service", $"The one at {address} is ready."), Model(body), .. await FiguresAsync(http, cancellation)]
                : [Bad("service", $"The one at {address} is not ready: {TextOf(body, "detail") ?? "it says no reason."}", "See its log.")];
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return [Doubtful("service", $"None answers at {address}.", "Start one with clv serve, or name its address with --urls.")];
        }
    }

    private static Finding Model(string body)
    {
        return TextOf(body, "model") is not { } problem
            ? Good("model", "The champion is in use.")
            : Bad("model", problem, "Train (clv train), or promote another version.");
    }

    private static string? TextOf(string body, string member)
    {
        try
        {
            return body.Length > 0 && JsonDocument.Parse(body).RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(member, out var text) ? text.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // Something else answers there.
        }
    }

    private static async Task<IReadOnlyList<Finding>> FiguresAsync(HttpClient http, CancellationToken cancellation)
    {
        using var reply = await http.GetAsync("api/v1/stores", cancellation);
        if (reply.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return
            [
                Doubtful(
                    "figures", "The service does not know you.",
                    "Name its data folder with --data, or set CLV_KEY to a key of scope read."),
            ];
        }

        var stores = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var open = stores.GetProperty("stores").EnumerateArray().Where(s => !s.GetProperty("isClosed").GetBoolean())
            .Select(s => s.GetProperty("store").GetString()!).ToList();
        var findings = new List<Finding>();
        foreach (var store in open)
        {
            findings.Add(await FiguresAsync(http, store, open.Count > 1 ? $"figures of {store}" : "figures", cancellation));
        }

        return findings;
    }

    private static async Task<Finding> FiguresAsync(HttpClient http, string store, string subject, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/segments");
        request.Headers.Add(StoreOfRequest.Header, store);
        using var reply = await http.SendAsync(request, cancellation);
        var report = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var age = report.GetProperty("age");
        var (waiting, failed) = (age.GetProperty("waiting").GetInt64(), age.GetProperty("failed").GetInt64());
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Added up {age.GetProperty("seconds").GetDouble():0.0} s ago; {waiting} estimates wait, the oldest is of "
                + $"{age.GetProperty("oldestEstimate").GetString()}.");
        return failed > 0
            ? Bad(subject, $"{text} The model failed on {failed} customers.", "See 4002 in the log; promote another version.")
            : waiting > 0 ? Doubtful(subject, text, "They are being refreshed; if it does not fall, look for 4001 and 4004 in the log.")
            : Good(subject, text);
    }
}
