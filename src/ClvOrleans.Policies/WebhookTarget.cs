using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace ClvOrleans.Policies;

/// <summary>
/// Where webhooks may go: to the open internet, never into the network that the service runs in. Definitions are checked when they are
/// made; names are checked again by what they stand for whenever a connection is opened.
/// </summary>
public static class WebhookTarget
{
    // The special-purpose registries of IANA (RFC 6890), multicast and what is reserved.
    private static readonly ImmutableArray<IPNetwork> Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Addresses of IPv6 that stand for one of IPv4, and at which byte it begins: compatible ones, NAT64, 6to4.
    private static readonly ImmutableArray<(IPNetwork Network, int Start)> Embedding =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("64:ff9b:1::/48"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    private static readonly ImmutableArray<string> ClosedNames = [".localhost", ".internal", ".local"];

    /// <summary>Whether an address is private, of this machine, of the link, or not of one machine on the internet.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (Closed.Any(n => n.Contains(address)))
        {
            return true;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        return Embedding.Any(e => e.Network.Contains(address) && IsPrivate(new IPAddress(bytes.AsSpan(e.Start, 4))));
    }

    /// <summary>What is wrong with an address for webhooks, as a sentence; null where nothing is.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowPrivate">Whether the service may call its own network.</param>
    public static string? Mistake(string? text, bool allowPrivate = false)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return $"'{text}' is not an https or http address, such as https://crm.example.com/hook.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "The address holds a user or a password; the call is signed instead.";
        }

        var host = url.IdnHost;
        var isClosed = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IsPrivate(address)
            : host == "localhost" || ClosedNames.Any(n => host.EndsWith(n, StringComparison.OrdinalIgnoreCase));
        return isClosed && !allowPrivate
            ? $"'{host}' is an address of a private network, which webhooks never call; name one that is reached over the internet."
            : null;
    }
}
