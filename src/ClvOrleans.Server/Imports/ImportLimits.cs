using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.Imports;

/// <summary>What is taken of uploads. Section <c>Imports</c> of the configuration (<c>Imports__MostBytes</c> in the environment).</summary>
internal sealed record ImportLimits
{
    /// <summary>How many bytes an uploaded file may have, as it is sent, 1 MB to 1 TB. Default 4 GiB.</summary>
    [Range(1_000_000L, 1_000_000_000_000L)]
    public long MostBytes { get; set; } = 4L << 30;
}
