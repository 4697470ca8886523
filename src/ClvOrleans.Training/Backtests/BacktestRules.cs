using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Backtests;

/// <summary>How a backtest judges.</summary>
public sealed record BacktestRules
{
    /// <summary>Fewest folds of a cross-validation.</summary>
    public const int LeastFolds = 2;

    /// <summary>Most folds of a cross-validation.</summary>
    public const int MostFolds = 20;

    /// <summary>Which value is judged. Default gross.</summary>
    public ValueKind Value { get; init; }

    /// <summary>Decides all randomness. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Folds of a cross-validation over customers, 2 to 20; null, the default, for none: then models are fitted to the customers that they
    /// are judged by. <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    /// </summary>
    public int? Folds
    {
        get;
        init => field = value is null or (>= LeastFolds and <= MostFolds)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{LeastFolds} to {MostFolds} folds are allowed.");
    }

    /// <summary>
    /// Who has at least this probability of a purchase is predicted to buy, for accuracy, precision and recall. Between 0 and 1; default
    /// .5.
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    /// </summary>
    public double Threshold
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A threshold is between 0 and 1.");
    } = .5;
}
