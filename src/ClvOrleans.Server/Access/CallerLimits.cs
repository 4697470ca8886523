using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Stores;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Access;

/// <summary>
/// Keeps one caller from using up what others need: token buckets for each key, and for each of some thousand groups of addresses, so that
/// whoever has many addresses takes no more memory than whoever has one.
/// </summary>
internal sealed class CallerLimits(IOptions<LimitOptions> options, DiskSpace disk) : IDisposable
{
    /// <summary>Groups that addresses fall into, by a hash that nobody outside can foresee.</summary>
    public const int AddressGroups = 16_384;

    private const int BurstSeconds = 20;
    private const int LargestBody = 20_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly LimitOptions _options = options.Value;
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private readonly PartitionedRateLimiter<string> _requests =
        Buckets<string>(options.Value.RequestsPerKey, 4 * options.Value.RequestsPerKey);

    private readonly PartitionedRateLimiter<string> _eventsOfKeys =
        Buckets<string>(options.Value.EventsPerKey, (BurstSeconds * options.Value.EventsPerKey) + LargestBody);

    private readonly PartitionedRateLimiter<int> _eventsOfAddresses =
        Buckets<int>(options.Value.EventsPerAddress, (BurstSeconds * options.Value.EventsPerAddress) + LargestBody);

    private readonly PartitionedRateLimiter<int> _failures =
        Buckets<int>(options.Value.FailuresPerAddress, 10 * options.Value.FailuresPerAddress);

    private readonly PartitionedRateLimiter<int> _signIns =
        Buckets<int>(options.Value.SignInsPerAddress, 10 * options.Value.SignInsPerAddress);

    // In kilobytes: permits are whole numbers of 32 bits.
    private readonly PartitionedRateLimiter<StoreId> _bytes = Buckets<StoreId>(
        (int)Math.Max(1, options.Value.EventBytesPerDay / 1024 / (long)Day.TotalSeconds),
        (int)Math.Min(int.MaxValue, options.Value.EventBytesPerDay / 1024));

    /// <summary>Counts a request to the API; null where it is within the limit.</summary>
    public LimitExceeded? TryRequest(Caller caller) => Try(
        _requests, caller.Id, 1, "requests_per_key", static o => $"A key may make {Text(o.RequestsPerKey)} requests a second");

    /// <summary>Counts a request that nothing proved; null where it is within the limit.</summary>
    public LimitExceeded? TryFailure(IPAddress? address) => Try(
        _failures, GroupOf(address), 1, "failures_per_address",
        static o => $"{Text(o.FailuresPerAddress)} requests a second with a wrong key may come from one address");

    /// <summary>Counts a step of a sign-in by a provider; null where it is within the limit.</summary>
    public LimitExceeded? TrySignIn(IPAddress? address) => Try(
        _signIns, GroupOf(address), 1, "sign_ins_per_address",
        static o => $"{Text(o.SignInsPerAddress)} steps of signing in a second may come from one address");

    /// <summary>Counts the events of a body; null where they are within all limits.</summary>
    public LimitExceeded? TryEvents(StoreId store, string source, IPAddress? address, int events, long bytes) =>
        events == 0 ? null
        : disk.IsBelow(_options.FreeDisk)
            ? new LimitExceeded("free_disk", TimeSpan.FromMinutes(1), $"Events leave {_options.FreeDisk:p0} of the disk free")
        : Try(
            _eventsOfKeys, $"{store}/{source}", Math.Min(events, LargestBody), "events_per_key",
            static o => $"A write key may send {Text(o.EventsPerKey)} events a second")
        ?? Try(
            _eventsOfAddresses, GroupOf(address, store), Math.Min(events, LargestBody), "events_per_address",
            static o => $"One address may send {Text(o.EventsPerAddress)} events a second")
        ?? Try(
            _bytes, store, (int)Math.Max(1, bytes / 1024), "event_bytes_per_day",
            static o => $"The write keys of a store may send {Text(o.EventBytesPerDay)} bytes of events a day");

    public void Dispose()
    {
        _requests.Dispose();
        _eventsOfKeys.Dispose();
        _eventsOfAddresses.Dispose();
        _failures.Dispose();
        _signIns.Dispose();
        _bytes.Dispose();
    }

    /// <summary>
    /// The group of an address; all addresses that one customer of a provider is given are one. Of events it is another for each store, so
    /// that who sends too many to one is not refused by another.
    /// </summary>
    internal int GroupOf(IPAddress? address, StoreId? store = null)
    {
        var seed = store is { } of ? unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(of.Value), _seed)) : _seed;
        var bytes = address is null ? [] : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var network = address?.AddressFamily == AddressFamily.InterNetworkV6 && bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes.AsSpan();
        return (int)(XxHash3.HashToUInt64(network, seed) % AddressGroups);
    }

    private LimitExceeded? Try<T>(
        PartitionedRateLimiter<T> buckets, T of, int permits, string limit, Func<LimitOptions, string> sentence)
    {
        using var lease = buckets.AttemptAcquire(of, permits);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return new LimitExceeded(limit, wait, sentence(_options));
    }

    private static PartitionedRateLimiter<T> Buckets<T>(int perSecond, int burst)
        where T : notnull => PartitionedRateLimiter.Create<T, T>(of => RateLimitPartition.GetTokenBucketLimiter(
            of, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = perSecond < 10 ? TimeSpan.FromSeconds(1d / perSecond) : TimeSpan.FromMilliseconds(100),
                AutoReplenishment = true,
                QueueLimit = 0,
            }));

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
