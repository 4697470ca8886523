using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Segments;

/// <summary>How shards keep their sums. Section <c>Shards</c> of the configuration (<c>Shards__Page</c> in the environment).</summary>
public sealed record ShardOptions
{
    /// <summary>
    /// How many estimates one call refreshes, 1 to 10,000. Default 250: a fraction of a second, so that a read never waits longer for a
    /// refresh.
    /// </summary>
    [Range(1, 10_000)]
    public int Page { get; set; } = 250;
}
