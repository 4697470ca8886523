namespace ClvOrleans.Intake.Rules;

/// <summary>An event cannot count; the message names the field.</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Without a reason.</summary>
    public RefusedException()
    {
    }

    /// <summary>With a reason.</summary>
    public RefusedException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public RefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a code and a reason that names the field.</summary>
    public RefusedException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The reason as a word.</summary>
    public string Code { get; } = "invalid_event";
}
