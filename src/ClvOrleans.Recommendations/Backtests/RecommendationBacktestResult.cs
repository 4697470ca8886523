using System.Collections.Immutable;
using ClvOrleans.Recommendations.Learning;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>What a backtest of recommendations found.</summary>
/// <param name="Customers">Customers judged.</param>
/// <param name="Products">Products in their histories.</param>
/// <param name="Rows">Baselines and models.</param>
/// <param name="Learned">What was learned, without any of the next baskets.</param>
public sealed record RecommendationBacktestResult(
    int Customers, int Products, ImmutableArray<BacktestRow> Rows, LearnedRecommendations Learned);
