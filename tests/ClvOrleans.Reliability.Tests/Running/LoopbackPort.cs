using System.Net;
using System.Net.Sockets;

namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>
/// Ports for services that start again at the same address: below those that the kernel gives to outgoing connections, so that nobody
/// takes one while its service is down.
/// </summary>
internal static class LoopbackPort
{
    private static int _next = 20_000 + (Environment.ProcessId % 60 * 200);

    public static int Free()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _next);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Someone has it.
            }
        }
    }
}
