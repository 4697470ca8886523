namespace ClvOrleans.Testing;

/// <summary>What goes wrong with a call of a port.</summary>
public enum FaultKind
{
    /// <summary>The call throws and has done nothing.</summary>
    Fail,

    /// <summary>The call has done its work and throws all the same: the caller cannot know. A stream ends after its first item.</summary>
    FailAfter,

    /// <summary>The call starts only when the fault's gate opens, or, without one, after everything else that could run.</summary>
    Delay,
}
