namespace ClvOrleans.Storage.Policies;

/// <summary>What became of a batch of decisions.</summary>
public enum DecisionStatus
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>
    /// Nothing is kept: a customer or a limit has moved on since it was read, or the batch was kept before. Read and decide again.
    /// </summary>
    Stale,

    /// <summary>Nothing is kept: another has taken the shard since.</summary>
    Fenced,
}
