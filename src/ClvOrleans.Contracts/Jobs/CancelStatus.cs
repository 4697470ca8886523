namespace ClvOrleans.Contracts.Jobs;

/// <summary>What becomes of a job that someone cancels.</summary>
public enum CancelStatus
{
    /// <summary>It ends.</summary>
    Cancelled = 0,

    /// <summary>It has ended, or its result is being kept.</summary>
    TooLate = 1,

    /// <summary>No job has this id.</summary>
    Unknown = 2,
}
