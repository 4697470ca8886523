using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Sales;

/// <summary>
/// What a silo holds for reports and demand. Section <c>Sales</c> of the configuration (<c>Sales__MostMegabytes</c> in the environment).
/// </summary>
public sealed record SalesOptions
{
    /// <summary>
    /// How much memory the purchases of a store may take, in megabytes, 1 to 1,000,000. Default 1,024: some three million orders of three
    /// lines. A store that has more is answered 503 by this silo.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostMegabytes { get; set; } = 1_024;
}
