namespace ClvOrleans.Reports.Demand;

/// <summary>A week of the past from which the weeks after it are forecast, as far as they are known.</summary>
/// <param name="Bases">What methods say as of it.</param>
/// <param name="Known">How many weeks after it are known, within the horizon.</param>
internal sealed record InnerOrigin(BaseForecasts Bases, int Known)
{
    /// <summary>The origins before the end of a table, four weeks apart, the latest first; each sees half a year at least.</summary>
    public static List<InnerOrigin> Of(SalesWeeks sales, int horizon)
    {
        const int Step = 4;
        const int Most = 8;
        const int Least = 26;
        return
        [
            .. Enumerable.Range(1, Most).Select(i => i * Step).Where(back => sales.Weeks - back >= Least).AsParallel().AsOrdered()
                .Select(back => new InnerOrigin(new BaseForecasts(sales.Before(back), horizon), Math.Min(back, horizon))),
        ];
    }

    /// <summary>Units that were sold in a week after it, of a product.</summary>
    public double Actual(SalesWeeks sales, int product, int h) => sales.Units(product)[Bases.Sales.Weeks + h];

    /// <summary>The same of all products.</summary>
    public double Actual(SalesWeeks sales, int h) => sales.Total[Bases.Sales.Weeks + h];
}
