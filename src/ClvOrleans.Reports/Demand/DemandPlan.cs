using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Demand;

/// <summary>What a store is expected to sell, week by week: made once, shown by product or category.</summary>
public sealed class DemandPlan
{
    /// <summary>How many weeks a plan looks ahead.</summary>
    public const int Weeks = 13;

    /// <summary>Name of all together.</summary>
    public const string All = "(all)";

    /// <summary>Name of what is expected beyond the products: single large orders, of which nobody knows what they will be of.</summary>
    public const string Large = "(large orders)";

    private const string Others = "(others)";
    private const string None = "(none)";
    private readonly DemandForecast _forecast;

    // Their intervals look at every product of every origin: once for all tables.
    private readonly Lazy<(string Name, object? Detail, UnitsRange Units, double[] Revenue)[]> _categories;

    private DemandPlan(DemandForecast forecast)
    {
        _forecast = forecast;
        _categories = new(() =>
        [
            .. Enumerable.Range(0, Sales.Products.Length).GroupBy(p => Sales.Categories[p] ?? None, StringComparer.Ordinal)
                .Select(g => (Name: g.Key, Products: g.ToArray()))
                .Select(g => (g.Name, (object?)g.Products.LongLength, _forecast.Sum(g.Products), Revenue(g.Products))),
        ]);
    }

    /// <summary>The last day that it knows of; its first week begins on the next.</summary>
    public DateOnly End => _forecast.Sales.End;

    private SalesWeeks Sales => _forecast.Sales;

    /// <summary>Plans from what customers bought up to the end of a day; null where no order names a product.</summary>
    public static DemandPlan? Of(IReadOnlyList<CustomerSales> customers, DateOnly end)
    {
        var sales = SalesWeeks.Of(customers, end);
        return sales.Products.Length == 0 ? null : new DemandPlan(DemandForecaster.Forecast(sales, Weeks));
    }

    /// <summary>The table by product: all together, the most demanded products, and the others, which add up.</summary>
    /// <param name="weeks">How many weeks, 1 to <see cref="Weeks"/>.</param>
    /// <param name="most">How many products are shown.</param>
    /// <param name="store">The store.</param>
    public ReportTable ByProduct(int weeks, int most, StoreSettings store)
    {
        var order = Enumerable.Range(0, Sales.Products.Length).Select(p => (p, Units: _forecast.Products[p].Expected[..weeks].Sum()))
            .OrderByDescending(p => p.Units).ThenBy(p => p.p).Select(p => p.p).ToArray();
        var rest = order[Math.Min(most, order.Length)..];
        return Table("product", weeks, store,
        [
            .. order.Take(most).Select(p => (Sales.Products[p], (object?)Sales.Categories[p], _forecast.Products[p], Revenue([p]))),
            .. rest.Length == 0 ? [] : new[] { (Others, (object?)null, _forecast.Sum(rest), Revenue(rest)) },
        ]);
    }

    /// <summary>The table by category, the most demanded first, which add up to all together.</summary>
    /// <inheritdoc cref="ByProduct" path="/param" />
    public ReportTable ByCategory(int weeks, StoreSettings store) => Table("category", weeks, store,
    [
        .. _categories.Value.OrderByDescending(g => g.Units.Expected[..weeks].Sum()).ThenBy(g => g.Name, StringComparer.Ordinal),
    ]);

    /// <summary>
    /// Expected units of a product within some days, and the standard deviation of what will be sold; null where it never was.
    /// </summary>
    internal (double Mean, double Deviation)? Within(string product, double days)
    {
        if (NumberOf(product) is not { } p)
        {
            return null;
        }

        // After the plan's end its last week goes on.
        var (mean, variance, spread) = (0.0, 0.0, _forecast.Errors.Spread(p));
        for (var (week, left) = (0, days / 7); left > 0; week++, left--)
        {
            var (units, part) = (_forecast.Products[p].Expected[Math.Min(week, Weeks - 1)], Math.Min(1, left));
            (mean, variance) = (mean + (units * part), variance + (spread * spread * (units + 1) * part));
        }

        return (mean, Math.Sqrt(variance));
    }

    /// <summary>The category that orders last stated of a product; null where none did.</summary>
    internal string? CategoryOf(string product) => NumberOf(product) is { } p ? Sales.Categories[p] : null;

    private int? NumberOf(string product) =>
        Array.BinarySearch(Sales.Products, product, StringComparer.Ordinal) is >= 0 and var p ? p : null;

    private string Shares => string.Join(
        ", ", _forecast.TotalMethods.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} ({100 * m.Share:0} %)")));

    private double MeanPrice()
    {
        var units = Enumerable.Range(0, Sales.Products.Length).Select(p => Sales.Sold(p, 13)).ToArray();
        return units.Sum() is > 0 and var sum ? units.Select((u, p) => u * Sales.Prices[p]).Sum() / sum : 0;
    }

    private double[] Revenue(IReadOnlyList<int> products) =>
        SalesWeeks.Add(products.Select(p => _forecast.Products[p].Expected.Select(u => u * Sales.Prices[p]).ToArray()), Weeks);

    private ReportTable Table(
        string by, int weeks, StoreSettings store, IReadOnlyList<(string Name, object? Detail, UnitsRange Units, double[] Revenue)> rows)
    {
        var (apart, price) = (_forecast.Apart, MeanPrice());
        if (apart.Take(weeks).Any(units => units > 0))
        {
            var errors = _forecast.Errors;
            rows = [.. rows, (Large, null, errors.Around(apart, errors.Spread(-1)), [.. apart.Select(u => u * price)])];
        }

        var whole = (All, (object?)null, _forecast.Total, SalesWeeks.Add(rows.Select(r => r.Revenue), Weeks));
        return new ReportTable
        {
            Report = "demand",
            AsOf = End,
            Currency = store.Currency.Code,
            Columns =
            [
                new(by, ColumnKind.Text, $"The {by}; {All} of all together, which the rest adds up to."),
                by == "category"
                    ? new ReportColumn("products", ColumnKind.Count, "How many products it has.")
                    : new ReportColumn("category", ColumnKind.Text, "Its category, as last stated."),
                new("week", ColumnKind.Count, "1 is the first after the last day of the report."),
                new("from", ColumnKind.Day, "First day of the week, which has seven."),
                new("units", ColumnKind.Number, "Expected units."),
                new("unitsLow", ColumnKind.Number, "Lower end of the 80 % interval."),
                new("unitsHigh", ColumnKind.Number, "Upper end."),
                new("revenue", ColumnKind.Number, "Expected revenue after refunds, at what a unit brought in the last quarter."),
                new("revenueLow", ColumnKind.Number, "Lower end of the 80 % interval."),
                new("revenueHigh", ColumnKind.Number, "Upper end."),
            ],
            Rows = [.. rows.Prepend(whole).SelectMany(r => Enumerable.Range(0, weeks).Select(w => Row(r, w, store.Currency)))],
            Notes =
            [
                $"All together by a mean of {Shares}, the less a method was off the more; products by the mean of "
                    + $"{string.Join(", ", _forecast.ProductMethods)}, and by TSB where they sell in less than a quarter of weeks.",
                "Products have " + _forecast.Season switch
                {
                    0 => "no season.",
                    1 => "last year's season.",
                    _ => "half of last year's season.",
                },
                $"Added up by {_forecast.Reconciliation}. Chosen from {_forecast.Origins} earlier origins of this store.",
                "Orders that name no product are not in it.",
            ],
        };
    }

    private object?[] Row((string Name, object? Detail, UnitsRange Units, double[] Revenue) row, int week, Currency currency)
    {
        var (units, low, high) = (row.Units.Expected[week], row.Units.Low[week], row.Units.High[week]);
        var revenue = row.Revenue[week] / (double)currency.Round(1).Minor;
        var price = units > 0 ? revenue / units : 0;
        return [row.Name, row.Detail, week + 1L, End.AddDays((7 * week) + 1), units, low, high, revenue, low * price, high * price];
    }
}
