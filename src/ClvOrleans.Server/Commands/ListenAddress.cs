using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ClvOrleans.Server.Commands;

/// <summary>The addresses of <c>--urls</c> that a command serves at: checked before anything is made, and told in a sentence where they cannot be had.</summary>
internal static class ListenAddress
{
    /// <summary>Refuses what cannot be listened at.</summary>
    /// <exception cref="UsageException">An address is none, is not http, or has a path.</exception>
    /// <exception cref="CommandException">A port is taken.</exception>
    public static void Check(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty(""))
        {
            var address = Service.AddressOf(url);
            if (address.Scheme != Uri.UriSchemeHttp)
            {
                throw new UsageException($"--urls: '{url}' must begin with http://; for https put a proxy in front.");
            }

            if (address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            {
                throw new UsageException($"--urls: '{url}' must be a host and a port without a path, such as http://127.0.0.1:5080.");
            }

            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !IsFree(ip, address.Port))
            {
                throw InUse(url);
            }
        }
    }

    /// <summary>Starts a service. <exception cref="CommandException">Its address cannot be had.</exception></summary>
    public static async Task StartAsync(WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw InUse(urls);
        }
        catch (SocketException e)
        {
            throw new CommandException($"--urls: cannot listen at {urls}: {e.SocketErrorCode}.");
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException e)
        {
            throw new CommandException($"--urls: cannot listen at port {port} of {address}: {e.SocketErrorCode}.");
        }
    }

    private static CommandException InUse(string urls) =>
        new($"The address {urls} is in use by another process; name another one with --urls.");
}
