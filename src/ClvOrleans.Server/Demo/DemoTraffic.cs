using System.Net.Http.Headers;
using System.Text;
using ClvOrleans.Training.Simulation;

namespace ClvOrleans.Server.Demo;

/// <summary>
/// The store's customers from now on: their clients send each event over HTTP when it is due. The store's time may run faster than
/// ours; an event happens when it arrives.
/// </summary>
internal sealed class DemoTraffic(HttpClient http, string writeKey, SimulatedStore store, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly AuthenticationHeaderValue _key = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));

    /// <summary>Sends until cancelled.</summary>
    /// <param name="from">The simulated moment that is now.</param>
    /// <param name="after">The events up to this moment are known.</param>
    /// <param name="pace">Seconds of the store in one of ours.</param>
    /// <param name="sent">Told of each event that is acknowledged.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(DateTimeOffset from, DateTimeOffset after, double pace, Action<SimulatedEvent> sent, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        foreach (var e in store.Events().SkipWhile(e => e.At <= after))
        {
            var wait = ((e.At - from) / pace) - time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellation);
            }

            while (!await SendAsync(e, cancellation))
            {
                await Task.Delay(Pause, time, cancellation);
            }

            sent(e);
        }
    }

    // As clients do: what was not acknowledged is sent again, with the same message id.
    private async Task<bool> SendAsync(SimulatedEvent e, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/" + e.Type) { Content = new StringContent(e.ToJson(stamped: false)) };
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
