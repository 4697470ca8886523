namespace ClvOrleans.Contracts.Segments;

/// <summary>The customers of one shard: their contributions and what these add up to.</summary>
[Alias("clv.shard")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>
    /// The sums as of now, including all commits before the call. Some stale estimates are refreshed first; the reply says how many are
    /// left.
    /// </summary>
    [Alias("sum")]
    Task<ShardSums> SumAsync();

    /// <summary>Refreshes some of the estimates of an earlier day, model or market. False where more are left.</summary>
    [Alias("renew")]
    Task<bool> RefreshAsync();

    /// <summary>
    /// Refreshes some of the late customers with a watch that may have turned, before all others. False where more are left.
    /// </summary>
    [Alias("turn")]
    Task<bool> TurnAsync();

    /// <summary>Solves of some customers on which day a watch turns next. False where more are left.</summary>
    [Alias("solve")]
    Task<bool> SolveAsync();
}
