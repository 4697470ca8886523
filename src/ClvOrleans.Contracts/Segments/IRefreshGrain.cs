namespace ClvOrleans.Contracts.Segments;

/// <summary>
/// Has the shards of a store renew late estimates, one shard after the other and one page at a time, so that reads seldom meet them: after
/// local midnight, a new champion, a changed market calendar.
/// </summary>
[Alias("clv.refresh")]
public interface IRefreshGrain : IGrainWithStringKey
{
    /// <summary>Begins a round, unless one is under way, and does not wait for it. Asked by each silo, again and again.</summary>
    [Alias("watch")]
    Task WatchAsync();
}
