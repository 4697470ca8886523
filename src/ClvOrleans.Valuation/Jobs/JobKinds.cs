namespace ClvOrleans.Valuation.Jobs;

/// <summary>What follows from the kind of a job.</summary>
public static class JobKinds
{
    /// <summary>The lane that jobs of a kind run in.</summary>
    public static JobLane LaneOf(JobKind kind) => kind switch
    {
        JobKind.Training or JobKind.Backtest or JobKind.Drift => JobLane.Models,
        JobKind.Import => JobLane.Imports,
        JobKind.Erasure => JobLane.Privacy,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of job."),
    };
}
