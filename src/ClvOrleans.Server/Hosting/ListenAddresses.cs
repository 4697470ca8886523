using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ClvOrleans.Server.Hosting;

/// <summary>The addresses that a process listens on, judged before anything is opened.</summary>
internal static class ListenAddresses
{
    private const string Example = "http://127.0.0.1:5080";

    /// <summary>
    /// Judges a list of addresses with semicolons between. <exception cref="InvalidOperationException">One of them cannot be
    /// served.</exception>
    /// </summary>
    public static IReadOnlyList<Uri> Parse(string urls)
    {
        var parts = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? throw Wrong(urls, $"is not an address such as {Example}") : [.. parts.Select(ParseOne)];
    }

    /// <summary>Tries the addresses, so that nothing is made or started for one that is taken.</summary>
    /// <exception cref="InvalidOperationException">One cannot be opened; the message says why.</exception>
    public static void CheckFree(IReadOnlyList<Uri> addresses)
    {
        foreach (var address in addresses.Where(a => a.Port != 0))
        {
            var host = IPAddress.TryParse(address.DnsSafeHost, out var ip) ? ip : IPAddress.Loopback;
            try
            {
                // Bound, but not listening: whoever connected now would be cut off when it is closed.
                using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(host, address.Port));
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException(Explain(e, address.GetLeftPart(UriPartial.Authority)), e);
            }
        }
    }

    /// <summary>A failed start of listening as a sentence; null where it failed for another reason.</summary>
    public static string? Explain(Exception error, string urls) => error switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"The address {urls} is in use by another process; name another one with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            $"The address {urls} is in use by another process; name another one with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"The address {urls} may not be opened: ports below 1024 need privileges; name a higher one with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"The address {urls} is not one of this machine's; name one of its own with --urls, or http://0.0.0.0:5080 for all of them.",
        SocketException or AddressInUseException => $"The address {urls} cannot be opened; name another one with --urls.",
        AggregateException several => several.InnerExceptions.Select(e => Explain(e, urls)).FirstOrDefault(s => s is not null),
        { InnerException: { } inner } => Explain(inner, urls),
        _ => null,
    };

    private static Uri ParseOne(string text)
    {
        if (!Uri.TryCreate(
            text.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute,
            out var uri))
        {
            throw Wrong(text, $"is not an address such as {Example}");
        }

        return uri switch
        {
            { Scheme: "https" } when !TlsOptions.IsGiven => throw Wrong(
                text, $"asks for https, for which there is no certificate: name its file in {TlsOptions.CertificateVariable}"),
            { Scheme: not ("http" or "https") } => throw Wrong(text, $"is not an address such as {Example}"),
            { PathAndQuery: not "/" } or { Fragment.Length: > 0 } or { UserInfo.Length: > 0 } =>
                throw Wrong(text, $"has more than a host and a port, which clv cannot serve under: name an address such as {Example}"),
            _ when uri.HostNameType == UriHostNameType.Dns && !uri.IsLoopback =>
                throw Wrong(
                    text, $"names a host: name an address of this machine such as {Example}, or http://0.0.0.0:5080 for all of them"),
            _ when IPAddress.TryParse(uri.Host, out var address) && address.Equals(IPAddress.Broadcast) =>
                throw Wrong(text, $"is not an address that clv can serve: use one such as {Example}"),
            _ => uri,
        };
    }

    private static InvalidOperationException Wrong(string text, string why) => new($"--urls: '{text}' {why}.");
}
