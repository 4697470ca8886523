using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Models;

/// <summary>
/// How silos follow the champions. Section <c>Champions</c> of the configuration (<c>Champions__Poll</c> in the environment).
/// </summary>
public sealed record ChampionOptions
{
    /// <summary>How often the registry is asked for a new champion, 100 ms to 1 h. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest pause before a champion that could not be opened is tried again, 1 s to 1 day; the first is <see cref="Poll"/>, and each
    /// is twice the one before. Default 5 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);
}
