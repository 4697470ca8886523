namespace ClvOrleans.Reports.Demand;

/// <summary>Adds up the errors of a backtest over its origins.</summary>
internal sealed class DemandTally
{
    private readonly Dictionary<string, (double Total, double Products)> _errors = [];
    private readonly List<string> _names = [];
    private double _total;
    private double _products;
    private (int Held, int All) _ofTotal;
    private (int Held, int All) _ofProducts;

    public void Add(
        SalesWeeks whole, int origin, SalesWeeks past, DemandForecast forecast, int[] products,
        (string Name, Func<double[], double[]> Continue)[] baselines)
    {
        var numbers = products.Select(p => Array.BinarySearch(whole.Products, past.Products[p], StringComparer.Ordinal)).ToArray();
        var horizon = forecast.Total.Expected.Length;
        double Actual(int i, int h) => numbers[i] < 0 ? 0 : whole.Units(numbers[i])[origin + h];
        Count("forecast", forecast.Total.Expected, [.. products.Select(p => forecast.Products[p].Expected)]);
        foreach (var (name, next) in baselines)
        {
            Count(name, next(past.Total), [.. products.Select(p => next(past.Units(p).ToArray()))]);
        }

        for (var h = 0; h < horizon; h++)
        {
            var sold = whole.Total[origin + h];
            _total += sold;
            Hold(ref _ofTotal, sold, forecast.Total, h);
            for (var i = 0; i < products.Length; i++)
            {
                _products += Actual(i, h);
                Hold(ref _ofProducts, Actual(i, h), forecast.Products[products[i]], h);
            }
        }

        void Count(string name, double[] total, double[][] parts)
        {
            if (!_errors.TryGetValue(name, out var errors))
            {
                _names.Add(name);
            }

            for (var h = 0; h < horizon; h++)
            {
                errors.Total += Math.Abs(whole.Total[origin + h] - total[h]);
                for (var i = 0; i < parts.Length; i++)
                {
                    errors.Products += Math.Abs(Actual(i, h) - parts[i][h]);
                }
            }

            _errors[name] = errors;
        }
    }

    public DemandBacktestResult ToResult(int origins, int products, int judged) => new(
        origins, products, judged,
        [.. _names.Select(n => new DemandBacktestRow(n, _errors[n].Total / _total, _errors[n].Products / _products))],
        (double)_ofTotal.Held / _ofTotal.All, (double)_ofProducts.Held / _ofProducts.All);

    private static void Hold(ref (int Held, int All) tally, double actual, UnitsRange range, int h) =>
        tally = (tally.Held + (actual >= range.Low[h] && actual <= range.High[h] ? 1 : 0), tally.All + 1);
}
