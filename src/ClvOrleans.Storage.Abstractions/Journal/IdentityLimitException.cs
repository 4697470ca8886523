namespace ClvOrleans.Storage.Journal;

/// <summary>More identities would become one customer than may: nothing was written.</summary>
public sealed class IdentityLimitException : Exception
{
    /// <summary>With a default message.</summary>
    public IdentityLimitException()
        : base("More identities would become one customer than may.")
    {
    }

    /// <summary>With a message.</summary>
    public IdentityLimitException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public IdentityLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
