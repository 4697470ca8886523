using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Jobs;

/// <summary>How jobs are run. Section <c>Jobs</c> of the configuration (<c>Jobs__AtOnce</c> in the environment).</summary>
public sealed record JobOptions
{
    /// <summary>
    /// How many jobs a silo works at, 1 to 64, and one more of a store that has none of them; the others wait. Default 3: one of each lane
    /// of a store.
    /// </summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 3;

    /// <summary>
    /// How often each silo sees to it that jobs run, 100 ms to 5 min. Default 5 s: so late is the job of a silo that ended run again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Watch { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the service may die while a job runs until it is not run again, 0 to 100. Default 3: perhaps it is the job that kills it.
    /// </summary>
    [Range(0, 100)]
    public int MostLosses { get; set; } = 3;
}
