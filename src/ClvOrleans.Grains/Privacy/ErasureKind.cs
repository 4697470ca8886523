namespace ClvOrleans.Grains.Privacy;

/// <summary>What a request asks for. The names are those of Segment's regulations.</summary>
public enum ErasureKind
{
    /// <summary>To erase: what happens later is of a new customer.</summary>
    DeleteOnly,

    /// <summary>To erase, and to drop all later events.</summary>
    SuppressWithDelete,

    /// <summary>To drop all later events, and to keep what is held.</summary>
    SuppressOnly,

    /// <summary>To let later events count again.</summary>
    Unsuppress,
}
