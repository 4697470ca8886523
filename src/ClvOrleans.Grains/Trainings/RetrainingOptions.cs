using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// When the models are trained again. Section <c>Retraining</c> of the configuration (<c>Retraining__Every</c> in the environment).
/// </summary>
public sealed record RetrainingOptions
{
    /// <summary>How long after a training the next is due, in whole days, up to 365; zero for never. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Time of the day in the store's time zone at which drift is looked at, and training begins where it is due. Default 03:00.
    /// </summary>
    public TimeOnly At { get; set; } = new(3, 0);

    /// <summary>
    /// Buyers of whom a store that was never trained gets a model of its own, fitted again whenever their purchases have doubled, up to
    /// 10,000 buyers; 0 for never: the prior then stands in until the first training. Default 10.
    /// </summary>
    [Range(0, FirstModel.Most)]
    public int FirstAt { get; set; } = 10;

    /// <summary>
    /// Least share of the purchases that must be new since the champion's data; else a due training is skipped. Default .01.
    /// </summary>
    [Range(0, 1)]
    public double LeastChange { get; set; } = .01;
}
