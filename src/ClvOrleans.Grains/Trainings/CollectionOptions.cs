using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// How trainings, backtests and reports of past days collect customers from the shards. Section <c>Collection</c> of the configuration
/// (<c>Collection__AtOnce</c> in the environment).
/// </summary>
public sealed record CollectionOptions
{
    /// <summary>How many shards are read at once, in the whole cluster, 1 to 4,096. Default 4: each keeps a core busy.</summary>
    [Range(1, ShardCount.Most)]
    public int AtOnce { get; set; } = 4;

    /// <summary>How many customers a message holds, 1 to 10,000. Default 100.</summary>
    [Range(1, 10_000)]
    public int Batch { get; set; } = 100;

    /// <summary>How often the reading of a shard is begun before a training fails, 1 to 100. Default 5: silos come and go.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;
}
