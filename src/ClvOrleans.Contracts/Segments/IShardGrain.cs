namespace ClvOrleans.Contracts.Segments;

/// <summary>The customers of one shard: their contributions and what these add up to.</summary>
[Alias("clv.shard")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>The sums as of now: commits up to the call are in. A few late estimates are renewed on the way; the reply says how many wait.</summary>
    [Alias("sum")]
    Task<ShardSums> SumAsync();

    /// <summary>Renews some of the estimates that are of an earlier day, model or market. False where more of them wait.</summary>
    [Alias("renew")]
    Task<bool> RefreshAsync();
}
