namespace ClvOrleans.Valuation.Trainings;

/// <summary>How a training ended. Only <see cref="Trained"/> changed anything.</summary>
public enum TrainingOutcome
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>New versions were kept, and the best of them was promoted.</summary>
    Trained,

    /// <summary>The data carry no model; the log says why.</summary>
    Refused,

    /// <summary>Someone ended it, or the service stopped.</summary>
    Cancelled,

    /// <summary>It was due, but there was a reason to leave it; the log says which.</summary>
    Skipped,

    /// <summary>An error ended it; the log has its message.</summary>
    Failed,
}
