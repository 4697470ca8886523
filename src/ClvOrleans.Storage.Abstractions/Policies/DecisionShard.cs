namespace ClvOrleans.Storage.Policies;

/// <summary>A shard whose decisions are taken by whoever has this.</summary>
/// <param name="Writer">The number to write with: above all before it, which can write no more.</param>
/// <param name="UpTo">The commit number up to which transitions are decided.</param>
public sealed record DecisionShard(long Writer, long UpTo);
