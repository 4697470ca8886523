namespace ClvOrleans.Storage.Privacy;

/// <summary>What a name of an erased person names. The numbers are part of the hashes that are kept.</summary>
public enum ErasedNameKind
{
    /// <summary>A customer or visitor.</summary>
    Identity = 0,

    /// <summary>An order.</summary>
    Order = 1,

    /// <summary>An e-mail address.</summary>
    Email = 2,
}
