using Orleans.Concurrency;

namespace ClvOrleans.Contracts.Policies;

/// <summary>Takes the decisions of policies for the customers of one shard of a store.</summary>
[Alias("clv.decisions")]
public interface IDecisionGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that what has happened is decided. It returns at once; the work goes on.</summary>
    [Alias("watch")]
    Task WatchAsync();

    /// <summary>The same, for those who do not want to know whether it was heard: what is not heard is found by the next watch.</summary>
    [Alias("nudge"), OneWay]
    Task NudgeAsync();

    /// <summary>As <see cref="WatchAsync"/>, and waits until all that was asked for is done.</summary>
    [Alias("settle"), AlwaysInterleave]
    Task SettleAsync();
}
