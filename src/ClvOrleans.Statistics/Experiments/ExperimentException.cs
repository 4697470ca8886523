namespace ClvOrleans.Statistics.Experiments;

/// <summary>The data of an experiment cannot answer, and why: better no figure than one that means nothing.</summary>
public sealed class ExperimentException : Exception
{
    /// <summary>Without a reason.</summary>
    public ExperimentException()
    {
    }

    /// <summary>With a reason.</summary>
    public ExperimentException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public ExperimentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
