namespace ClvOrleans.Training.Backtests;

/// <summary>There is nothing to test; the message says why.</summary>
public sealed class BacktestException : Exception
{
    /// <summary>Without a reason.</summary>
    public BacktestException()
    {
    }

    /// <summary>With a reason.</summary>
    public BacktestException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public BacktestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
