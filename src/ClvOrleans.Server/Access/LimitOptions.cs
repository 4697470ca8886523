using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.Access;

/// <summary>
/// How much one caller may use, on each silo. Section <c>Limits</c> of the configuration (<c>Limits__RequestsPerKey</c> in the
/// environment). A burst is what may come at once after a quiet time.
/// </summary>
internal sealed record LimitOptions
{
    /// <summary>
    /// Requests a second to <c>/api</c> by one key or session, 1 to 1,000,000. Default 20,000; four times as many in a burst.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsPerKey { get; set; } = 20_000;

    /// <summary>Events a second by one write key, 1 to 10,000,000. Default 20,000; in a burst that of 20 s, and one whole body.</summary>
    [Range(1, 10_000_000)]
    public int EventsPerKey { get; set; } = 20_000;

    /// <summary>Events a second from one address, 1 to 10,000,000. Default 20,000; in a burst that of 20 s, and one whole body.</summary>
    [Range(1, 10_000_000)]
    public int EventsPerAddress { get; set; } = 20_000;

    /// <summary>Bytes of events a day by the write keys of a store, 10 MB to 1 PB; they fill the disk. Default 20 GB.</summary>
    [Range(10L * 1024 * 1024, 1024L * 1024 * 1024 * 1024 * 1024)]
    public long EventBytesPerDay { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>
    /// Share of the disk that events leave free, 0 to .5: below it they are put off, so that what is there can be read, backed up and made
    /// smaller. Default .02.
    /// </summary>
    [Range(0d, .5d)]
    public double FreeDisk { get; set; } = .02;

    /// <summary>Requests a second with a wrong key from one address, 1 to 100,000. Default 100; ten times as many in a burst.</summary>
    [Range(1, 100_000)]
    public int FailuresPerAddress { get; set; } = 100;

    /// <summary>
    /// Steps of a sign-in by a provider a second from one address, 1 to 100,000; each may ask the provider. Default 20; ten times as many
    /// in a burst.
    /// </summary>
    [Range(1, 100_000)]
    public int SignInsPerAddress { get; set; } = 20;
}
