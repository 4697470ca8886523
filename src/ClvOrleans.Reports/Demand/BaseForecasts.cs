using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Reports.Demand;

/// <summary>What each method says as of the end of a table, before any choice: of the whole and of the products.</summary>
internal sealed class BaseForecasts
{
    private const int SeasonWeeks = 8;
    private const int MedianTotal = 4;
    private static readonly int[] Levels = [4, 8];
    private readonly CustomerDemand? _customers;
    private readonly double[] _recent;
    private readonly double[] _yearly;
    private readonly double[] _smoothed;
    private readonly Dictionary<int, double[]> _known = [];

    public BaseForecasts(SalesWeeks sales, int horizon)
    {
        (Sales, Horizon) = (sales, horizon);
        _customers = CustomerDemand.Of(sales, horizon);
        _recent = SeasonRatios.Recent(sales.WinsorisedTotal, SeasonWeeks, horizon);
        _yearly = SeasonRatios.Yearly(sales.WinsorisedTotal, horizon);
        _smoothed = new HoltWintersMethod(SeasonRatios.Year, Seasonality.Additive, IsDamped: true).Forecast(sales.WinsorisedTotal, horizon);
    }

    /// <summary>How much of last year's season a forecast may have.</summary>
    public static IReadOnlyList<double> Seasons { get; } = [.5, 0, 1];

    /// <summary>Methods of the whole: by customers, by Holt's and Winters', or by the level of recent weeks.</summary>
    public static IReadOnlyList<string> Totals { get; } =
        ["customers", "holt-winters", .. Levels.Select(l => $"level-{l}"), $"median-{SeasonWeeks}"];

    /// <summary>Methods of products: by customers' own mix, or by the product's past.</summary>
    public static IReadOnlyList<string> Products { get; } = ["customers", .. ProductMethod.All.Select(m => m.Name)];

    public SalesWeeks Sales { get; }

    public int Horizon { get; }

    /// <summary>Whether last year's season is known.</summary>
    public bool HasSeason => SeasonRatios.IsKnown(Sales.WinsorisedTotal);

    /// <summary>Units a week of the whole by a mean of methods.</summary>
    /// <param name="weights">Of each of <see cref="Totals"/> with each of <see cref="Seasons"/>; they add up to 1.</param>
    public double[] Total(IReadOnlyList<double> weights)
    {
        var mean = new double[Horizon];
        for (var i = 0; i < weights.Count; i++)
        {
            var one = Total(i / Seasons.Count, Seasons[i % Seasons.Count]);
            for (var h = 0; h < Horizon; h++)
            {
                mean[h] += one[h] * weights[i];
            }
        }

        return mean;
    }

    /// <summary>Units a week of the whole by one method.</summary>
    /// <param name="method">Its number in <see cref="Totals"/>.</param>
    /// <param name="season">How much of last year's season: 0 nothing, 1 all.</param>
    public double[] Total(int method, double season)
    {
        if (method == 0 && _customers is { } customers)
        {
            return Seasonal(h => customers.Total[h], _yearly, season);
        }

        // It smooths the level until it knows two seasons, and then has its own.
        if (method == 1)
        {
            return Sales.Weeks < 2 * SeasonRatios.Year ? Seasonal(h => _smoothed[h], _recent, season) : _smoothed;
        }

        var last = Sales.WinsorisedTotal[Math.Max(0, Sales.Weeks - (method is > 1 and < MedianTotal ? Levels[method - 2] : SeasonWeeks))..];
        var level = method == MedianTotal ? ProductMethod.Median(last) : last.Average();
        return Seasonal(_ => level, _recent, season);
    }

    /// <summary>
    /// Units a week of a product by the mean of some methods; where it sells rarely by Teunter's, Syntetos' and Babai's alone.
    /// </summary>
    /// <param name="methods">Numbers of <see cref="Products"/>.</param>
    /// <param name="season">How much of the store's season of last year: 0 nothing, 1 all.</param>
    /// <param name="product">The product's number.</param>
    public double[] Product(IReadOnlyList<int> methods, double season, int product) =>
        Mean(ProductMethod.IsRare(Sales.Winsorised(product)) ? [1] : methods, method => method == 0 && _customers is { } customers
            ? Seasonal(_ => customers.Products[product], _yearly, season)
            : Seasonal(_ => Level(Math.Max(0, method - 1), product), _recent, season));

    private double[] Mean(IReadOnlyList<int> methods, Func<int, double[]> forecast)
    {
        var mean = new double[Horizon];
        foreach (var method in methods)
        {
            var one = forecast(method);
            for (var h = 0; h < Horizon; h++)
            {
                mean[h] += one[h] / methods.Count;
            }
        }

        return mean;
    }

    private static double[] Seasonal(Func<int, double> level, double[] ratios, double season) =>
        [.. ratios.Select((ratio, h) => level(h) * Math.Pow(ratio, season))];

    private double Level(int kind, int product)
    {
        if (!_known.TryGetValue(kind, out var levels))
        {
            levels = _known[kind] = new double[Sales.Products.Length];
            levels.AsSpan().Fill(double.NaN);
        }

        return double.IsNaN(levels[product]) ? levels[product] = ProductMethod.All[kind].Level(Sales.Winsorised(product)) : levels[product];
    }
}
