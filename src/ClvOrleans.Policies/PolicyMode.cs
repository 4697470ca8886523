namespace ClvOrleans.Policies;

/// <summary>Whether a policy acts. Stored by name: never renamed.</summary>
public enum PolicyMode
{
    /// <summary>It decides and keeps what it would have done, and does nothing. How a policy begins.</summary>
    Shadow,

    /// <summary>It acts.</summary>
    Live,

    /// <summary>It begins nothing, and what is under way waits.</summary>
    Paused,

    /// <summary>It is over: what is under way ends.</summary>
    Stopped,
}
