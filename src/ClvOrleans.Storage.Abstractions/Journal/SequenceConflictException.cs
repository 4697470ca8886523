namespace ClvOrleans.Storage.Journal;

/// <summary>Another writer has appended to the customer's journal: this one is out of date and must load again.</summary>
public sealed class SequenceConflictException : Exception
{
    /// <summary>With a default message.</summary>
    public SequenceConflictException()
        : base("Another writer has appended to the journal of this customer.")
    {
    }

    /// <summary>With a message.</summary>
    public SequenceConflictException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public SequenceConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
