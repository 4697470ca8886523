using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClvOrleans.Reliability.Tests.Resources;

/// <summary>Connections that begin a request and never end it.</summary>
internal sealed class SlowConnections : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>As many as can be had; the service may refuse some.</summary>
    public static async Task<SlowConnections> OpenAsync(Uri address, int count, string beginning)
    {
        var connections = new SlowConnections();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            connections._sockets.Add(socket);
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
                await socket.ConnectAsync(IPAddress.Loopback, address.Port, limit.Token);
                await socket.SendAsync(Encoding.ASCII.GetBytes(beginning), limit.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Refused, which is one way to keep the files.
            }
        }

        return connections;
    }

    /// <summary>Sends one more byte on each, as those do who want to keep them open.</summary>
    public async Task DripAsync()
    {
        foreach (var socket in _sockets)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await socket.SendAsync("x"u8.ToArray(), limit.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Cut off.
            }
        }
    }

    public void Dispose() => _sockets.ForEach(s => s.Dispose());
}
