using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Watches;

/// <summary>What is kept of watches. Section <c>Watches</c> of the configuration (<c>Watches__KeepDays</c> in the environment).</summary>
public sealed record WatchOptions
{
    /// <summary>
    /// For how many days transitions are kept, 1 to 3,650. Default 90: policies and webhooks follow them within seconds, people read back.
    /// </summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 90;
}
