namespace ClvOrleans.Storage;

/// <summary>
/// The store's files or database cannot be read or written now: the disk is full, a file is gone, replaced, read-only, locked or damaged,
/// or the database cannot be reached. Nothing of the call was done, or all of it where a connection ended at the commit itself: whoever
/// must know reads again. The message is one sentence that names the file or database and the remedy, fit for a person who runs the
/// service.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>With a default message.</summary>
    public StorageUnavailableException()
        : base("The store's files cannot be read or written now.")
    {
    }

    /// <summary>With a message.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
