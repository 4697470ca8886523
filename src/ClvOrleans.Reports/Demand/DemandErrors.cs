using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// How far forecasts of earlier origins were off, and intervals from it. An error of a product is counted in square roots of what was
/// expected, since products are sold by the order; each product has its own spread, drawn towards that of all. Which quantiles hold 80 % is
/// told by earlier origins, each judged by the spreads of the others.
/// </summary>
internal sealed class DemandErrors
{
    private const double Level = .8;
    private const double Prior = 4;
    private const int LeastShares = 4;

    // A busy season half a year ago says little of how far the next weeks will be off.
    private const int LatestOrigins = 3;
    private const double PoissonQuantile = 1.2816;

    // By product: the sum of squares and the number of errors; by origin the same, so that one can be left out.
    private readonly double[][] _squares;
    private readonly int[][] _counts;
    private readonly double[][][] _forecasts;
    private readonly double[][] _wholes;
    private readonly List<InnerOrigin> _origins;
    private readonly SalesWeeks _sales;
    private readonly double _pooled;
    private readonly double[] _sorted = [];
    private readonly double _tail;

    private DemandErrors(SalesWeeks sales, List<InnerOrigin> origins, double[][][] forecasts, double[][] wholes)
    {
        (_sales, _origins, _forecasts, _wholes) = (sales, origins, forecasts, wholes);
        var products = sales.Products.Length;
        _squares = [.. origins.Select(_ => new double[products])];
        _counts = [.. origins.Select(_ => new int[products])];
        for (var o = 0; o < origins.Count; o++)
        {
            for (var p = 0; p < products; p++)
            {
                for (var h = 0; h < origins[o].Known; h++)
                {
                    var z = Z(origins[o].Actual(sales, p, h), forecasts[o][p][h]);
                    _squares[o][p] += z * z;
                    _counts[o][p]++;
                }
            }
        }

        var judged = origins.Count == 0 ? [] : origins[0].Bases.Sales.Best(DemandForecaster.Judged);
        var count = judged.Sum(p => _counts.Sum(c => c[p]));
        _pooled = count == 0 ? 1 : Math.Max(1e-9, judged.Sum(p => _squares.Sum(s => s[p])) / count);
        if (origins.Count > 1)
        {
            (_sorted, _tail) = Calibrate(judged);
        }
    }

    /// <summary>The errors of forecasts of some origins, by origin, product and week, and of the whole by origin and week.</summary>
    public static DemandErrors Of(SalesWeeks sales, List<InnerOrigin> origins, double[][][] forecasts, double[][] wholes) =>
        new(sales, origins, forecasts, wholes);

    /// <summary>Standard deviation of the errors of a product, in square roots of units; that of all for -1.</summary>
    public double Spread(int product, int except = -1)
    {
        var (squares, count) = (Prior * _pooled, Prior);
        for (var o = 0; product >= 0 && o < _origins.Count; o++)
        {
            (squares, count) = o == except ? (squares, count) : (squares + _squares[o][product], count + _counts[o][product]);
        }

        return Math.Sqrt(squares / count);
    }

    /// <summary>The same of the sum of some products.</summary>
    public double Spread(IReadOnlyList<int> products)
    {
        var (squares, count) = (Prior * _pooled, Prior);
        for (var o = 0; o < _origins.Count; o++)
        {
            for (var h = 0; h < _origins[o].Known; h++)
            {
                var z = Z(products.Sum(p => _origins[o].Actual(_sales, p, h)), products.Sum(p => _forecasts[o][p][h]));
                (squares, count) = (squares + (z * z), count + 1);
            }
        }

        return Math.Sqrt(squares / count);
    }

    /// <summary>The interval around what is expected.</summary>
    public UnitsRange Around(double[] expected, double spread)
    {
        var (below, above) = Ends();
        return new UnitsRange(
            expected, [.. expected.Select(e => Math.Max(0, e + (below * spread * Scale(e))))],
            [.. expected.Select(e => e + Math.Max(0, above * spread * Scale(e)))]);
    }

    /// <summary>The interval of the whole: its errors are shares of it, and those of the latest origins tell how wide it is.</summary>
    public UnitsRange AroundTotal(double[] expected)
    {
        var shares = new List<double>();
        for (var o = 0; o < Math.Min(LatestOrigins, _origins.Count); o++)
        {
            for (var h = 0; h < _origins[o].Known; h++)
            {
                shares.Add(Math.Abs(Math.Log((_origins[o].Actual(_sales, h) + 1) / (_wholes[o][h] + 1))));
            }
        }

        // Half to twice where there are too few.
        shares.Sort();
        var width = shares.Count < LeastShares ? Math.Log(2) : SampleQuantile.Of([.. shares], Level);
        return new UnitsRange(
            expected, [.. expected.Select(e => e * Math.Exp(-width))], [.. expected.Select(e => (e + 1) * Math.Exp(width))]);
    }

    private (double Below, double Above) Ends() => _sorted.Length == 0
        ? (-PoissonQuantile * 2, PoissonQuantile * 2)
        : (SampleQuantile.Of(_sorted, _tail), SampleQuantile.Of(_sorted, 1 - _tail));

    private (double[] Sorted, double Tail) Calibrate(int[] judged)
    {
        var all = new List<(double Actual, double Forecast, double Spread)>();
        for (var o = 0; o < _origins.Count; o++)
        {
            foreach (var p in judged)
            {
                var spread = Spread(p, o);
                for (var h = 0; h < _origins[o].Known; h++)
                {
                    all.Add((_origins[o].Actual(_sales, p, h), _forecasts[o][p][h], spread));
                }
            }
        }

        if (all.Count == 0)
        {
            return ([], 0);
        }

        double[] sorted = [.. all.Select(a => Z(a.Actual, a.Forecast) / a.Spread).Order()];
        var (low, high) = (.001, .4);
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            var (below, above) = (SampleQuantile.Of(sorted, middle), SampleQuantile.Of(sorted, 1 - middle));
            var held = all.Count(a => a.Actual >= Math.Max(0, a.Forecast + (below * a.Spread * Scale(a.Forecast)))
                && a.Actual <= a.Forecast + Math.Max(0, above * a.Spread * Scale(a.Forecast)));
            (low, high) = held > Level * all.Count ? (middle, high) : (low, middle);
        }

        return (sorted, low);
    }

    private static double Z(double actual, double forecast) => (actual - forecast) / Scale(forecast);

    private static double Scale(double forecast) => Math.Sqrt(forecast + 1);
}
