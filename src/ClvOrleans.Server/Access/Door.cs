namespace ClvOrleans.Server.Access;

/// <summary>What an address asks of whoever comes.</summary>
internal enum Door
{
    /// <summary>Nothing: it tells nothing of a store.</summary>
    Open,

    /// <summary>A write key, which the tracking API reads where its clients put it.</summary>
    WriteKey,

    /// <summary>A signature or a token of the sender's, which the address checks itself.</summary>
    Signed,

    /// <summary>A key or a session with a scope.</summary>
    Scope,
}
