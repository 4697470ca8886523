using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Experiments;

/// <summary>
/// How outcomes are measured. Section <c>Outcomes</c> of the configuration (<c>Outcomes__LateDays</c> in the environment).
/// </summary>
public sealed record OutcomeOptions
{
    /// <summary>For how many days after the end of a window events that arrive late are still counted, 1 to 365. Default 30.</summary>
    [Range(1, 365)]
    public int LateDays { get; set; } = 30;

    /// <summary>How many days after that of a policy's decision its outcome is counted, 1 to 365. Default 14.</summary>
    [Range(1, 365)]
    public int PolicyWindowDays { get; set; } = 14;

    /// <summary>How often windows that are over are looked for, 1 s to 1 d; also at each local midnight. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);
}
