using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Policies;

/// <summary>What a round decides of one shard.</summary>
/// <param name="Followed">How far the shard is followed.</param>
/// <param name="IsLast">Whether nothing is left to decide after it.</param>
internal sealed record DecisionPart(FollowedShard Followed, bool IsLast);
