using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>A customer of a backtest.</summary>
/// <param name="History">Baskets that models may see; products of each in the order they were written.</param>
/// <param name="Next">The distinct products of the next basket.</param>
/// <param name="Day">The day of the next basket.</param>
public sealed record BacktestCustomer(BasketSequence History, IReadOnlySet<int> Next, int Day);
