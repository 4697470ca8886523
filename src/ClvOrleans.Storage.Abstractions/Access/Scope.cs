namespace ClvOrleans.Storage.Access;

/// <summary>
/// What a credential may do. From <see cref="Read"/> on, each scope includes those before it; <see cref="Write"/> is apart.
/// </summary>
public enum Scope
{
    /// <summary>Send events, and nothing else: such keys are in the pages of shops, where everyone reads them.</summary>
    Write = 1,

    /// <summary>Ask.</summary>
    Read = 2,

    /// <summary>Ask, and change what the store does and what it was told.</summary>
    Act = 3,

    /// <summary>Everything: keys, the audit log, privacy, and what cannot be taken back.</summary>
    Admin = 4,
}
