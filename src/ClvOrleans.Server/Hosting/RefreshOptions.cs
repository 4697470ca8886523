using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// When estimates of inactive customers are refreshed. Section <c>Refresh</c> of the configuration (<c>Refresh__Interval</c> in the
/// environment).
/// </summary>
internal sealed record RefreshOptions
{
    /// <summary>
    /// How often the shards are asked whether a new day, champion or market calendar makes their estimates late; 1 s to 1 h. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);
}
