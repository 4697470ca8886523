namespace ClvOrleans.Storage.Policies;

/// <summary>How far the transitions of a shard are decided by a batch.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Writer">The number that <see cref="IDecisions.TakeAsync"/> gave.</param>
/// <param name="After">The commit number up to which they were decided before.</param>
/// <param name="UpTo">The commit number up to which they are decided now, at least <paramref name="After"/>.</param>
public sealed record FollowedShard(int Shard, long Writer, long After, long UpTo);
