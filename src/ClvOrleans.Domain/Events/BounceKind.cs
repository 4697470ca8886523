namespace ClvOrleans.Domain.Events;

/// <summary>Why a message came back.</summary>
public enum BounceKind
{
    /// <summary>For good: there is no such mailbox.</summary>
    Hard,

    /// <summary>For now: the mailbox is full, the server busy.</summary>
    Soft,
}
