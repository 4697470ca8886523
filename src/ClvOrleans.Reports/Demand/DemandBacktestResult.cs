namespace ClvOrleans.Reports.Demand;

/// <summary>What a backtest of demand found.</summary>
/// <param name="Origins">How many origins, four weeks apart.</param>
/// <param name="Products">Products of the store.</param>
/// <param name="Judged">How many of the best sold products are judged.</param>
/// <param name="Rows">The forecast and what it is compared with.</param>
/// <param name="CoverageOfTotal">Share of the store's weeks within their 80 % interval.</param>
/// <param name="CoverageOfProducts">Share of weeks of the best sold products within theirs.</param>
public sealed record DemandBacktestResult(
    int Origins, int Products, int Judged, IReadOnlyList<DemandBacktestRow> Rows, double CoverageOfTotal, double CoverageOfProducts);
