namespace ClvOrleans.Storage.Sources;

/// <summary>What became of an event of a source.</summary>
public enum SourceOutcome
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>It was known.</summary>
    Duplicate,

    /// <summary>It does not count.</summary>
    Refused,

    /// <summary>It could not be recorded then, and its sender was told to send it again.</summary>
    Failed,

    /// <summary>There was something to say of it, whether it counts or not.</summary>
    Noted,
}
