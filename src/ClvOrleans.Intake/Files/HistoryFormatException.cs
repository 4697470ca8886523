namespace ClvOrleans.Intake.Files;

/// <summary>The file as a whole cannot be read: it is empty, or a column is missing, unknown or named twice.</summary>
public sealed class HistoryFormatException : Exception
{
    /// <summary>Without a message.</summary>
    public HistoryFormatException()
    {
    }

    /// <summary>With a message that names the column.</summary>
    public HistoryFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public HistoryFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
