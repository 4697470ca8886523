using System.Collections.Immutable;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests;

/// <summary>A backtest: what was known, what came, and how each model did.</summary>
public sealed record BacktestResult
{
    /// <summary>What was asked.</summary>
    public required ForecastTask Task { get; init; }

    /// <summary>How it was judged.</summary>
    public required BacktestRules Rules { get; init; }

    /// <summary>What the models saw, up to the calibration's end.</summary>
    public required StoreHistory Past { get; init; }

    /// <summary>The holdout's last day.</summary>
    public required DateOnly HoldoutEnd { get; init; }

    /// <summary>What the buyers of <see cref="Past"/> did in the holdout, in their order.</summary>
    public required ImmutableArray<HoldoutOutcome> Outcomes { get; init; }

    /// <summary>Repeat purchase days of these buyers a day, from the first purchase of anyone to the holdout's end.</summary>
    public required ImmutableArray<int> DailyRepeats { get; init; }

    /// <summary>A row a model, in the order asked.</summary>
    public required ImmutableArray<BacktestRow> Rows { get; init; }
}
