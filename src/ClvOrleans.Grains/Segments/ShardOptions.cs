using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Segments;

/// <summary>How shards keep their sums. Section <c>Shards</c> of the configuration (<c>Shards__Page</c> in the environment).</summary>
public sealed record ShardOptions
{
    /// <summary>
    /// How many estimates one call renews, 1 to 10,000. Default 250: a fraction of a second, so that reads wait no longer for a renewal.
    /// </summary>
    [Range(1, 10_000)]
    public int Page { get; set; } = 250;
}
