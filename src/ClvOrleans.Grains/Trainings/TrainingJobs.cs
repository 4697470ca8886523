using System.Collections.Immutable;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Trainings as jobs.</summary>
public static class TrainingJobs
{
    /// <summary>A training under way.</summary>
    /// <param name="job">The job that it is.</param>
    /// <param name="log">What it has said.</param>
    public static TrainingRecord Of(JobRecord job, ImmutableArray<LogLine> log) => new()
    {
        Number = job.Number,
        Cause = JobJson.Read<TrainingRequest>(job.Request!.Value).Cause,
        Stage = job.Stage,
        StartedAt = job.StartedAt,
        Log = log,
    };
}
