namespace ClvOrleans.Reports.Demand;

/// <summary>How far forecasts were off: Σ |actual - forecast| / Σ actual over weeks.</summary>
/// <param name="Name">Who forecast.</param>
/// <param name="Total">Of all units of the store.</param>
/// <param name="Products">Of the best sold products, product by product.</param>
public sealed record DemandBacktestRow(string Name, double Total, double Products);
