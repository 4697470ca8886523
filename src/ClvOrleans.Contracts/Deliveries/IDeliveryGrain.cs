using Orleans.Concurrency;

namespace ClvOrleans.Contracts.Deliveries;

/// <summary>The deliveries of one shard of a store.</summary>
[Alias("clv.deliveries")]
public interface IDeliveryGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that what is due is delivered. It returns at once; the work goes on.</summary>
    [Alias("watch")]
    Task WatchAsync();

    /// <summary>The same, for those who do not want to know whether it was heard: what is not heard is found by the next watch.</summary>
    [Alias("nudge"), OneWay]
    Task NudgeAsync();

    /// <summary>As <see cref="WatchAsync"/>, and waits until all that was asked for is done.</summary>
    [Alias("settle"), AlwaysInterleave]
    Task SettleAsync();
}
