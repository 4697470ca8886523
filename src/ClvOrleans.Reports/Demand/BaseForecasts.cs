namespace ClvOrleans.Reports.Demand;

/// <summary>What each method says as of the end of a table, before any choice: of the whole and of the products.</summary>
internal sealed class BaseForecasts
{
    private const int SeasonWeeks = 8;
    private static readonly double[] Powers = [0, .5, 1];
    private static readonly int[] Levels = [4, 8, 13];
    private readonly CustomerDemand? _customers;
    private readonly double[] _recent;
    private readonly double[] _yearly;
    private readonly Dictionary<int, double[]> _known = [];

    public BaseForecasts(SalesWeeks sales, int horizon)
    {
        (Sales, Horizon) = (sales, horizon);
        _customers = CustomerDemand.Of(sales, horizon);
        _recent = SeasonRatios.Recent(sales.Total, SeasonWeeks, horizon);
        _yearly = SeasonRatios.Yearly(sales.Total, horizon);
    }

    /// <summary>Methods of the whole: by customers or by the level of recent weeks, each with no, half or all of last year's season.</summary>
    public static IReadOnlyList<string> Totals { get; } =
        [.. Powers.SelectMany(p => new[] { $"customers{Season(p)}" }.Concat(Levels.Select(l => $"level-{l}{Season(p)}")))];

    /// <summary>Methods of products: by customers' own mix or by the product's past, each with no, half or all of the season.</summary>
    public static IReadOnlyList<string> Products { get; } =
        [.. Powers.SelectMany(p => new[] { $"customers{Season(p)}" }.Concat(ProductMethod.All.Select(m => $"{m.Name}{Season(p)}")))];

    public SalesWeeks Sales { get; }

    public int Horizon { get; }

    /// <summary>Units a week of the whole by a method of <see cref="Totals"/>.</summary>
    public double[] Total(int method)
    {
        var (power, kind) = (Powers[method / (Levels.Length + 1)], method % (Levels.Length + 1));
        if (kind == 0 && _customers is { } customers)
        {
            return [.. customers.Total.Select((units, h) => units * Math.Pow(_yearly[h], power))];
        }

        var weeks = kind == 0 ? SeasonWeeks : Levels[kind - 1];
        var level = Sales.Total[Math.Max(0, Sales.Weeks - weeks)..].Average();
        return [.. _recent.Select(r => level * Math.Pow(r, power))];
    }

    /// <summary>Units a week of a product by a method of <see cref="Products"/>.</summary>
    public double[] Product(int method, int product)
    {
        var (power, kind) = (Powers[method / (ProductMethod.All.Count + 1)], method % (ProductMethod.All.Count + 1));
        if (kind == 0 && _customers is { } customers)
        {
            return [.. _yearly.Select(r => customers.Products[product] * Math.Pow(r, power))];
        }

        return [.. _recent.Select(r => Level(Math.Max(0, kind - 1), product) * Math.Pow(r, power))];
    }

    /// <summary>
    /// Units a week of a product by the mean of some methods; where it sells rarely by Teunter's, Syntetos' and Babai's with their season.
    /// </summary>
    public double[] Product(IReadOnlyList<int> methods, int product)
    {
        var forecast = new double[Horizon];
        var isRare = ProductMethod.IsRare(Sales.Units(product));
        foreach (var method in methods)
        {
            var kinds = ProductMethod.All.Count + 1;
            var one = Product(isRare ? (method / kinds * kinds) + 1 : method, product);
            for (var h = 0; h < Horizon; h++)
            {
                forecast[h] += one[h] / methods.Count;
            }
        }

        return forecast;
    }

    /// <summary>The products of which most units were sold in the last year, at most so many.</summary>
    public int[] Best(int most) =>
    [
        .. Enumerable.Range(0, Sales.Products.Length).Select(p => (p, Units: Sales.Sold(p, 52)))
            .Where(p => p.Units > 0).OrderByDescending(p => p.Units).ThenBy(p => p.p).Take(most).Select(p => p.p),
    ];

    private double Level(int kind, int product)
    {
        if (!_known.TryGetValue(kind, out var levels))
        {
            levels = _known[kind] = new double[Sales.Products.Length];
            levels.AsSpan().Fill(double.NaN);
        }

        return double.IsNaN(levels[product]) ? levels[product] = ProductMethod.All[kind].Level(Sales.Units(product)) : levels[product];
    }

    private static string Season(double power) => power switch { 0 => "", 1 => "*season", _ => "*half-season" };
}
