using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>A socket, for what a decent HTTP client would not do.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly NetworkStream _stream;

    public RawClient(Uri address)
    {
        _client.Connect(address.Host, address.Port);
        _client.ReceiveTimeout = 30_000;
        _stream = _client.GetStream();
    }

    public void Dispose() => _client.Dispose();

    public void Send(string text) => _stream.Write(Encoding.Latin1.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>Sends no more, but still reads.</summary>
    public void HalfClose() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads one answer: status, head and body. Status 0 where the connection ended without one.</summary>
    public (int Status, string Head, string Body) Receive()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = Next();
            if (next < 0)
            {
                return (0, head.ToString(), "");
            }

            head.Append((char)next);
        }

        var text = head.ToString();
        return (int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text, Body(text));
    }

    private string Body(string head)
    {
        var lines = head.Split("\r\n");
        if (lines.FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } length)
        {
            return Take(int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture));
        }

        var body = new StringBuilder();
        if (lines.Any(l => l.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)))
        {
            for (int size; (size = int.Parse(Line(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)) > 0; Line())
            {
                body.Append(Take(size));
            }

            Line();
        }
        else if (lines.Any(l => l.Equals("Connection: close", StringComparison.OrdinalIgnoreCase)))
        {
            for (int next; (next = Next()) >= 0;)
            {
                body.Append((char)next);
            }
        }

        return body.ToString();
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (Next() is >= 0 and var next && next != '\n')
        {
            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    private string Take(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)Next()));

    private int Next()
    {
        try
        {
            return _stream.ReadByte();
        }
        catch (IOException)
        {
            return -1;
        }
    }
}
