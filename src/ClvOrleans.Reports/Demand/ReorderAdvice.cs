using System.Globalization;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Tables;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// What to order now: as much as brings the stock to what is sold until the order after this one has come, with so much more that it
/// suffices in a share of cases. Those that run out first come first.
/// </summary>
public static class ReorderAdvice
{
    private static readonly ReportColumn[] Columns =
    [
        new("product", ColumnKind.Text, "The product."),
        new("category", ColumnKind.Text, "Its category, as stated with the stock, or else with orders."),
        new("stock", ColumnKind.Count, "Units in stock; below zero where more were sold than there were."),
        new("leadDays", ColumnKind.Count, "Days until an order comes."),
        new("expected", ColumnKind.Number, "Units that are expected to be sold until the next order but this one has come."),
        new("safety", ColumnKind.Number, "Units more, so that they suffice at the service level."),
        new("order", ColumnKind.Count, "Units to order now; 0 where the stock suffices."),
        new("daysLeft", ColumnKind.Number, "Days until the stock is sold, as expected; null where nothing is expected to be sold."),
        new("reason", ColumnKind.Text, "Why."),
    ];

    /// <summary>The table, of all products whose stock is stated.</summary>
    /// <param name="plan">What is expected to be sold; null where no order names a product.</param>
    /// <param name="stock">What is in stock.</param>
    /// <param name="terms">How it is ordered.</param>
    /// <param name="store">The store.</param>
    /// <param name="today">Its day.</param>
    public static ReportTable Of(DemandPlan? plan, IEnumerable<ProductStock> stock, ReorderTerms terms, StoreSettings store, DateOnly today)
    {
        var (rows, unstated) = (new List<object?[]>(), 0);
        foreach (var product in stock)
        {
            if (product.Units is { } units)
            {
                rows.Add(Row(product, units, plan, terms));
            }
            else
            {
                unstated++;
            }
        }

        return new ReportTable
        {
            Report = "reorder",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows = [.. rows.OrderBy(r => (double?)r[7] ?? double.MaxValue).ThenBy(r => (string)r[0]!, StringComparer.Ordinal)],
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Ordered every {terms.ReviewDays} days; {terms.LeadDays} days of lead time where none is stated; "
                        + $"service level {terms.Service:0.###}."),
                .. unstated == 0 ? Array.Empty<string>() : [$"Of {unstated} products the units in stock are not stated."],
            ],
        };
    }

    private static object?[] Row(ProductStock product, long stock, DemandPlan? plan, ReorderTerms terms)
    {
        var lead = product.LeadDays ?? terms.LeadDays;
        var (days, category) = (lead + terms.ReviewDays, product.Category ?? plan?.CategoryOf(product.Product));
        if (plan?.Within(product.Product, days) is not { } demand)
        {
            var backlog = Math.Max(0, -stock);
            return
            [
                product.Product, category, stock, (long)lead, 0.0, 0.0, backlog, null,
                backlog > 0 ? $"{backlog} are owed; nothing else of it was ever sold." : "Nothing of it was ever sold.",
            ];
        }

        var safety = demand.Mean > 0 ? Math.Max(0, Normal.InvCDF(0, 1, terms.Service) * demand.Deviation) : 0;
        var order = (long)Math.Max(0, Math.Ceiling(demand.Mean + safety - stock));
        var perDay = demand.Mean / days;
        var left = perDay > 1e-9 ? Math.Max(0, stock) / perDay : (double?)null;
        return
        [
            product.Product, category, stock, (long)lead, demand.Mean, safety, order, left,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{demand.Mean:0.#} expected in {days} days ({lead} of lead time, {terms.ReviewDays} until the next order) and "
                + $"{safety:0.#} for {terms.Service:0.###} service, with {stock} in stock"
                + $"{(order == 0 ? ": enough." : stock < 0 ? ": customers are waiting." : ".")}"),
        ];
    }
}
