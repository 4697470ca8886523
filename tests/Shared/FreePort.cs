using System.Net;
using System.Net.Sockets;

namespace ClvOrleans.Tests;

/// <summary>A port of the loopback that nobody has at this moment.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
