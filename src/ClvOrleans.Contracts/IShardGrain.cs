namespace ClvOrleans.Contracts;

/// <summary>The customers of one shard: their contributions and what these add up to.</summary>
[Alias("clv.shard")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>The sums as of now: commits up to the call are in, estimates are of today and of the champion.</summary>
    [Alias("sum")]
    Task<ShardSums> SumAsync();
}
