using System.ComponentModel.DataAnnotations;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>
/// How deliveries are sent. Section <c>Deliveries</c> of the configuration (<c>Deliveries__AtOnce</c> in the environment).
/// </summary>
public sealed record DeliveryOptions
{
    /// <summary>How many deliveries of a shard are under way at once, 1 to 256. Default 8.</summary>
    [Range(1, 256)]
    public int AtOnce { get; set; } = 8;

    /// <summary>The wait after a first failed attempt, 1 s to 1 h; it doubles with each. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two attempts, 1 s to 1 d. Default 4 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(4);

    /// <summary>After how many attempts a delivery is dead, 1 to 100. Default 15: about a day and a half.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; set; } = 15;

    /// <summary>How long one attempt may take, 1 s to 5 min. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>E-mails that a store sends within any minute, at most; 1 to 1,000,000. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int EmailsPerMinute { get; set; } = 600;

    /// <summary>Webhooks that a store sends within any minute, at most; 1 to 1,000,000. Default 6,000.</summary>
    [Range(1, 1_000_000)]
    public int WebhooksPerMinute { get; set; } = 6_000;

    /// <summary>
    /// For how many days deliveries are kept after they have ended, 1 to 3,650. Default 90. Those of audiences and slots are kept until
    /// they expire.
    /// </summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>Seeds the jitter of waits. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How much of a channel a store sends within any minute, at most; null for what leaves nowhere.</summary>
    internal int? MostPerMinute(ActionChannel channel) => channel switch
    {
        ActionChannel.Email => EmailsPerMinute,
        ActionChannel.Webhook => WebhooksPerMinute,
        _ => null,
    };

    internal RetryRule Retries => new(FirstWait, LongestWait, MostAttempts);
}
