using ClvOrleans.Recommendations.Backtests;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Tests.Backtests;

/// <summary>The published split of Ta-Feng: 13,858 customers, their baskets in order, and the next basket of each.</summary>
internal static class TaFeng
{
    private static readonly Lazy<(Catalogue Catalogue, BacktestCustomer[] Customers)> Read = new(() => NextBasketFile.Read(
        SharedData.Find("tafeng/tafeng_history.json.gz"), SharedData.Find("tafeng/tafeng_future.json.gz")));

    public static Catalogue Catalogue => Read.Value.Catalogue;

    public static BacktestCustomer[] Customers => Read.Value.Customers;

    public static int[][][] Histories =>
        [.. Customers.Select(c => Enumerable.Range(0, c.History.Count).Select(c.History.ProductsOf).ToArray())];
}
