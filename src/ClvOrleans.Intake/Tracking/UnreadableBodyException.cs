namespace ClvOrleans.Intake.Tracking;

/// <summary>A body holds no events that could be judged one by one.</summary>
public sealed class UnreadableBodyException : Exception
{
    /// <summary>Without a reason.</summary>
    public UnreadableBodyException()
    {
    }

    /// <summary>With a reason.</summary>
    public UnreadableBodyException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public UnreadableBodyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a code and a reason that names the field.</summary>
    public UnreadableBodyException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The reason as a word.</summary>
    public string Code { get; } = "invalid_body";
}
