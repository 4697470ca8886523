namespace ClvOrleans.Storage;

/// <summary>Whether the store's files can be read and written.</summary>
public interface IStorageHealth
{
    /// <summary>What is wrong with them as far as is known; null while nothing is.</summary>
    StorageTrouble? Trouble { get; }

    /// <summary>Looks whether the files are still there and, after trouble, whether they can be written again; never throws.</summary>
    Task<StorageTrouble?> CheckAsync();
}
