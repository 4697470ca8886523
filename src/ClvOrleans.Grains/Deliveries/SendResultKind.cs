namespace ClvOrleans.Grains.Deliveries;

/// <summary>What became of an attempt.</summary>
public enum SendResultKind
{
    /// <summary>It was accepted.</summary>
    Sent,

    /// <summary>It failed, or it is not known whether it did: it is tried again.</summary>
    Again,

    /// <summary>It failed, and would fail again.</summary>
    Failed,
}
