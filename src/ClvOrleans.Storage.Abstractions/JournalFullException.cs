namespace ClvOrleans.Storage;

/// <summary>Too many commits wait for the disk; the sender should come again in a moment.</summary>
public sealed class JournalFullException : Exception
{
    /// <summary>With a default message.</summary>
    public JournalFullException()
        : base("The journal's queue is full.")
    {
    }

    /// <summary>With a message.</summary>
    public JournalFullException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public JournalFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
