using ClvOrleans.Recommendations.Metrics;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>One line of the table.</summary>
/// <param name="Name">The baseline or model.</param>
/// <param name="At10">Scores of the first 10 products.</param>
/// <param name="At20">Scores of the first 20 products.</param>
public sealed record BacktestRow(string Name, RankingScore At10, RankingScore At20);
