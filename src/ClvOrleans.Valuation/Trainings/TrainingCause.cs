namespace ClvOrleans.Valuation.Trainings;

/// <summary>Why a training was begun.</summary>
public enum TrainingCause
{
    /// <summary>Someone asked for it.</summary>
    Asked,

    /// <summary>It was its time.</summary>
    Scheduled,

    /// <summary>The drift watch asked for it.</summary>
    Drift,
}
