namespace ClvOrleans.Valuation.Jobs;

/// <summary>How far a job is.</summary>
public enum JobState
{
    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Succeeded,

    /// <summary>The data do not carry a result; the message says why.</summary>
    Refused,

    /// <summary>Someone ended it. Nothing changed.</summary>
    Cancelled,

    /// <summary>An error ended it; the message says which. Nothing changed.</summary>
    Failed,

    /// <summary>It has not begun, or the service stopped while it ran: it runs when those before it have ended.</summary>
    Waiting,
}
