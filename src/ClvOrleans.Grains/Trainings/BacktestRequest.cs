using System.Collections.Immutable;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Grains.Trainings;

/// <summary>What is asked of a backtest.</summary>
/// <param name="Names">Names of the models.</param>
/// <param name="CalibrationEnd">The last day that they may see; null for the default.</param>
/// <param name="HoldoutEnd">The last day of the holdout; null for the last purchase.</param>
/// <param name="Rules">How they are judged.</param>
public sealed record BacktestRequest(ImmutableArray<string> Names, DateOnly? CalibrationEnd, DateOnly? HoldoutEnd, BacktestRules Rules);
