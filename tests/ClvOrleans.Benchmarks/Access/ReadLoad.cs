using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace ClvOrleans.Benchmarks.Access;

/// <summary>
/// Connections that ask for one address again and again, by bare sockets: a client takes processor time of its own, in which the
/// difference would drown.
/// </summary>
internal sealed class ReadLoad : IDisposable
{
    private readonly Uri _address;
    private readonly string _path;
    private readonly TcpClient[] _connections;

    public ReadLoad(Uri address, int connections, string path)
    {
        (_address, _path) = (address, path);
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new TcpClient(address.Host, address.Port) { NoDelay = true })];
    }

    /// <summary>Asks on all connections at once, so many times on each.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public Task RunAsync(string? key, int times)
    {
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        var request = Encoding.ASCII.GetBytes($"GET {_path} HTTP/1.1\r\nHost: {_address.Authority}\r\n{authorization}\r\n");
        return Task.WhenAll(_connections.Select(connection => Task.Run(async () =>
        {
            var (stream, buffer) = (connection.GetStream(), new byte[64 * 1024]);
            for (var i = 0; i < times; i++)
            {
                await stream.WriteAsync(request);
                await ReceiveAsync(stream, buffer);
            }
        })));
    }

    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());

    private static async Task ReceiveAsync(NetworkStream stream, byte[] buffer)
    {
        var filled = 0;
        do
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled));
            filled += read > 0 ? read : throw new InvalidOperationException("The service closed a connection.");
        }
        while (!IsWhole(buffer.AsSpan(0, filled)));

        if (!buffer.AsSpan(9, 3).SequenceEqual("200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer.AsSpan(0, filled)));
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var name = "Content-Length: "u8;
        var length = answer[..head].IndexOf(name);
        return length >= 0
            ? Utf8Parser.TryParse(answer[(length + name.Length)..], out int bytes, out _) && answer.Length >= head + 4 + bytes
            : answer.EndsWith("0\r\n\r\n"u8); // In chunks.
    }
}
