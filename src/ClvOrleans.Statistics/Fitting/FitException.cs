namespace ClvOrleans.Statistics.Fitting;

/// <summary>A model was not fitted, and why: better no model than a bad one that does not say so.</summary>
public sealed class FitException : Exception
{
    /// <summary>Without a reason.</summary>
    public FitException()
    {
    }

    /// <summary>With a reason.</summary>
    public FitException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public FitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
