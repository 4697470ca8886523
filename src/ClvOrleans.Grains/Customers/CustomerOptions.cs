using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// What is kept of each customer beside the journal, and how many identities may be one. Section <c>Customers</c> of the configuration
/// (<c>Customers__SnapshotEvery</c> in the environment).
/// </summary>
public sealed record CustomerOptions
{
    /// <summary>
    /// Events from one snapshot of a customer to the next, 1 to 1,000,000. Default 64: so many are read anew when the customer is opened.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SnapshotEvery { get; set; } = 64;

    /// <summary>
    /// How many of the latest event keys an open customer remembers, 1 to 100,000. Default 512: their repetitions cost no reading.
    /// </summary>
    [Range(1, 100_000)]
    public int Window { get; set; } = 512;

    /// <summary>
    /// Up to how many events a customer keeps 4 bytes of each, 0 to 10,000,000. Default 16,384: for a new event the journal is asked only
    /// of customers with more.
    /// </summary>
    [Range(0, 10_000_000)]
    public int Fingerprints { get; set; } = 16_384;

    /// <summary>
    /// How many identities may become one customer, 1 to 100,000. Default 100: beyond it, an id is shared by many people. A user id and an
    /// anonymous id of equal spelling count once.
    /// </summary>
    [Range(1, 100_000)]
    public int MostIdentities { get; set; } = 100;

    /// <summary>
    /// How long a customer without requests and events stays in memory, 2 min to a day. Default 15 min: whoever comes back later is read
    /// from their snapshot. Other grains that are not kept alive leave after the same time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00")]
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long no snapshot is written after one could not be, from 0 to a day. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SnapshotPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Soft bounces that suppress an e-mail address, 1 to 16. Default 3.</summary>
    [Range(1, AddressStanding.MostSoft)]
    public int SoftBounces { get; set; } = 3;

    /// <summary>Within what time they come, without a delivery in between; 1 to 365 d. Default 30 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan SoftBounceSpan { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether baskets are followed: only to measure what they cost is it ever false.</summary>
    internal bool FollowsBaskets { get; init; } = true;
}
