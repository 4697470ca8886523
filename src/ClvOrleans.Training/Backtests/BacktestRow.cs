using System.Collections.Immutable;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests;

/// <summary>One model in a backtest.</summary>
public sealed record BacktestRow
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>What was fitted or chosen; the reason where it was not.</summary>
    public required string Description { get; init; }

    /// <summary>How well it did; null where the data did not carry the model.</summary>
    public Score? Score { get; init; }

    /// <summary>The score of each fold alone; empty without cross-validation.</summary>
    public ImmutableArray<Score> Folds { get; init; } = [];

    /// <summary>The forecasts without their counts, in the order of the buyers; empty where the data did not carry the model.</summary>
    public ImmutableArray<Forecast> Forecasts { get; init; } = [];

    /// <summary>
    /// Expected repeat purchases of a brand-new customer within 0, 1, 2, ... days of the first; empty where the model knows nothing of it.
    /// </summary>
    public ImmutableArray<double> NewCustomer { get; init; } = [];

    /// <summary>Time to learn.</summary>
    public TimeSpan FitTime { get; init; }

    /// <summary>Time to forecast all buyers.</summary>
    public TimeSpan ForecastTime { get; init; }
}
