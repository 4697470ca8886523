using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Gives the web server its limits: connections must leave the store the files that it needs, and whoever is slow holds up only
/// themselves.
/// </summary>
internal sealed class ConnectionLimits(IOptions<HttpOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const int MostByDefault = 10_000;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sets the limits. <exception cref="InvalidOperationException">More connections are asked for than the process may have
    /// files.</exception>
    /// </summary>
    public void Configure(KestrelServerOptions kestrel)
    {
        var (limits, asked) = (kestrel.Limits, options.Value);
        limits.MaxConcurrentConnections = MostConnections(asked.MostConnections, OpenFiles.Limit());
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = asked.HeaderTimeout;
        limits.KeepAliveTimeout = asked.IdleTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(asked.LeastBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(asked.LeastBytesPerSecond, Grace);
        limits.MaxRequestHeadersTotalSize = 128 * 1024; // Browsers send every cookie of a shop's domain; a 431 would lose the event.
    }

    /// <summary>How many connections a process may have at once.</summary>
    /// <param name="asked">What the options say; null for the default.</param>
    /// <param name="files">How many files it may open; null where it is not known.</param>
    /// <exception cref="InvalidOperationException">More are asked for than half of the files.</exception>
    public static int MostConnections(int? asked, long? files)
    {
        var room = (int)Math.Min((files ?? long.MaxValue) / 2, int.MaxValue);
        return asked is not { } most ? Math.Min(room, MostByDefault)
            : most <= room ? most
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Http:MostConnections is {most}, but the process may open {files} files, half of them for connections: set at "
                    + $"most {room}, or raise the limit (ulimit -n)."));
    }
}
