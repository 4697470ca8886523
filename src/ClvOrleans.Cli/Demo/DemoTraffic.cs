using System.Net.Http.Headers;
using System.Text;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Demo;

/// <summary>
/// The store's customers from now on: their clients send each event over HTTP when the store's clock shows that it is due.
/// </summary>
internal sealed class DemoTraffic(HttpClient http, string writeKey, SimulatedStore store, DemoClock clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly DemoStorefront _shop = new(http);
    private readonly AuthenticationHeaderValue _key = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));

    /// <summary>Sends until cancelled.</summary>
    /// <param name="after">The store has the events up to this moment.</param>
    /// <param name="sent">Told of each event that is acknowledged.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(DateTimeOffset after, Action<SimulatedEvent> sent, CancellationToken cancellation)
    {
        foreach (var e in store.Events().SkipWhile(e => e.At <= after))
        {
            await clock.UntilAsync(e.At, cancellation);
            foreach (var (type, json) in await _shop.SendsAsync(e, cancellation))
            {
                while (!await SendAsync(type, json, cancellation))
                {
                    await Task.Delay(Pause, cancellation);
                }
            }

            sent(e);
        }
    }

    // As clients do: what was not acknowledged is sent again, with the same message id.
    private async Task<bool> SendAsync(string type, string json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/" + type) { Content = new StringContent(json) };
        request.Headers.Authorization = _key;
        try
        {
            using var reply = await http.SendAsync(request, cancellation);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
