namespace ClvOrleans.Policies.Experiments;

/// <summary>How far an experiment is. Stored by name: never renamed.</summary>
public enum ExperimentState
{
    /// <summary>Defined; everybody gets the control, and nobody is exposed.</summary>
    Draft,

    /// <summary>It exposes.</summary>
    Running,

    /// <summary>It exposes nobody any more. Windows that are open end, and their outcomes count.</summary>
    Stopped,
}
