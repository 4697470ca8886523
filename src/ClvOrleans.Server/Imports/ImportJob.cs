using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Imports;

/// <summary>What is asked of a job that imports a file; its subject is the name that it is listed by.</summary>
/// <param name="File">The uploaded file among those of the store.</param>
/// <param name="Chunks">How many chunks it has.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Options">What was said of the file.</param>
/// <param name="Refusals">Whether all refused lines are kept until they are fetched.</param>
internal sealed record ImportJob(string File, int Chunks, long Length, ImportOptions Options, bool Refusals)
{
    /// <summary>The refused lines among the files of the store.</summary>
    public string RefusedFile => $"{File}.refused";

    /// <summary>How far a job of this request is.</summary>
    public ImportProgress ProgressOf(JobRecord job) => new(job.Lines ?? 0, (long)(job.Progress * Length), Length);
}
