using System.Collections.Concurrent;
using System.Net;

namespace ClvOrleans.Reliability.Tests.Decisions;

/// <summary>A server of webhooks on this machine, which lives on while the service ends. It counts what arrives under each id.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public Receiver()
    {
        var port = LoopbackPort.Free();
        Address = new Uri($"http://127.0.0.1:{port}/hook");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _loop = ListenAsync();
    }

    public Uri Address { get; }

    /// <summary>How often each id arrived.</summary>
    public ConcurrentDictionary<string, int> Arrived { get; } = new();

    /// <summary>How many calls were answered.</summary>
    public int Answered => _answered;

    /// <summary>What a call waits for before it is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    private int _answered;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            Arrived.AddOrUpdate(call.Request.Headers["webhook-id"]!, 1, (_, count) => count + 1);
            await Gate;
            call.Response.StatusCode = 204;
            call.Response.Close();
            Interlocked.Increment(ref _answered);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Who called has ended.
        }
    }
}
