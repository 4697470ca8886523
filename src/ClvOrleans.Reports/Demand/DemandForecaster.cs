namespace ClvOrleans.Reports.Demand;

/// <summary>
/// Forecasts the weeks after the end of a table. Which methods forecast the whole and the products, and how they are made to add up, is
/// chosen by rolling the origin over the table itself: each choice is that of a store that knew no later week. The mean of the best three
/// of products and of the better half of those of the whole is taken, since a single best one is partly luck.
/// </summary>
internal static class DemandForecaster
{
    /// <summary>How many of the best sold products choices are judged by.</summary>
    public const int Judged = 200;

    private const int Mean = 3;
    private static readonly string[] Ways = ["bottom-up", "minimum-trace", "top-down", "large orders apart"];

    /// <summary>Forecasts some weeks. The table has a week at least.</summary>
    public static DemandForecast Forecast(SalesWeeks sales, int horizon)
    {
        var origins = InnerOrigin.Of(sales, horizon);
        var now = new BaseForecasts(sales, horizon);
        var best = origins.Select(o => o.Bases.Best(Judged)).ToList();
        int[] totals = origins.Count == 0
            ? [BaseForecasts.Totals.ToList().IndexOf("level-8")]
            : Best(BaseForecasts.Totals.Count, BaseForecasts.Totals.Count / 2, m => Wape(origins.SelectMany(o => Pairs(o, o.Bases.Total(m), h => o.Actual(sales, h)))));
        int[] products = origins.Count == 0
            ? [BaseForecasts.Products.ToList().IndexOf("tsb-.1")]
            : Best(BaseForecasts.Products.Count, Mean, m => Wape(origins.SelectMany((o, i) => best[i].SelectMany(
                p => Pairs(o, o.Bases.Product(m, p), h => o.Actual(sales, p, h))))));
        var bases = origins.Select(o => Parts(o.Bases, products)).ToList();
        var wholes = origins.Select(o => Whole(o.Bases, totals)).ToList();
        var errors = DemandErrors.Of(sales, origins, [.. bases], [.. wholes]);
        var variance = origins.Count == 0 ? 0 : origins.SelectMany((o, i) => Pairs(o, wholes[i], h => o.Actual(sales, h)))
            .Average(p => (p.Actual - p.Forecast) * (p.Actual - p.Forecast));
        var spreads = Enumerable.Range(0, sales.Products.Length).Select(p => errors.Spread(p)).ToArray();
        var (way, reconciled) = (Ways[2], new List<double[][]>());
        var least = double.PositiveInfinity;
        foreach (var candidate in origins.Count == 0 ? [] : Ways)
        {
            var tried = bases.Select((b, i) => Reconcile(candidate, wholes[i], variance, b, spreads)).ToList();
            var whole = Wape(origins.SelectMany((o, i) => Pairs(o, Add(candidate, tried[i], wholes[i]), h => o.Actual(sales, h))));
            var parts = Wape(origins.SelectMany((o, i) => best[i].SelectMany(p => Pairs(o, tried[i][p], h => o.Actual(sales, p, h)))));
            if (whole + parts < least)
            {
                (least, way, reconciled) = (whole + parts, candidate, tried);
            }
        }

        var expected = Whole(now, totals);
        var units = Reconcile(way, expected, variance, Parts(now, products), spreads);
        var total = Add(way, units, expected);
        errors = DemandErrors.Of(sales, origins, [.. reconciled], [.. reconciled.Select((r, i) => Add(way, r, wholes[i]))]);
        return new DemandForecast(
            sales, errors.AroundTotal(total), [.. units.Select((u, p) => errors.Around(u, errors.Spread(p)))],
            [.. totals.Select(t => BaseForecasts.Totals[t])], [.. products.Select(p => BaseForecasts.Products[p])], way, origins.Count)
        {
            Errors = errors,
            Apart = [.. total.Zip(Sum(units, horizon), (whole, parts) => Math.Max(0, whole - parts))],
        };
    }

    private static int[] Best(int methods, int most, Func<int, double> error) =>
        [.. Enumerable.Range(0, methods).Select(m => (m, Error: error(m))).OrderBy(m => m.Error).ThenBy(m => m.m).Take(most).Select(m => m.m)];

    private static IEnumerable<(double Actual, double Forecast)> Pairs(InnerOrigin origin, double[] forecast, Func<int, double> actual)
    {
        for (var h = 0; h < origin.Known; h++)
        {
            yield return (actual(h), forecast[h]);
        }
    }

    private static double Wape(IEnumerable<(double Actual, double Forecast)> pairs)
    {
        var all = pairs.ToList();
        return all.Sum(p => p.Actual) is > 0 and var sum ? all.Sum(p => Math.Abs(p.Actual - p.Forecast)) / sum : 0;
    }

    private static double[] Whole(BaseForecasts bases, int[] methods)
    {
        var whole = new double[bases.Horizon];
        foreach (var method in methods)
        {
            var one = bases.Total(method);
            for (var h = 0; h < whole.Length; h++)
            {
                whole[h] += one[h] / methods.Length;
            }
        }

        return whole;
    }

    private static double[][] Parts(BaseForecasts bases, int[] methods) =>
        [.. Enumerable.Range(0, bases.Sales.Products.Length).Select(p => bases.Product(methods, p))];

    private static double[] Sum(double[][] parts, int horizon) => SalesWeeks.Add(parts, horizon);

    // Where large orders are apart, what the whole is above the products is a part of its own.
    private static double[] Add(string way, double[][] parts, double[] whole) => way == Ways[3]
        ? [.. Sum(parts, whole.Length).Zip(whole, Math.Max)]
        : Sum(parts, whole.Length);

    private static double[][] Reconcile(string way, double[] whole, double variance, double[][] parts, double[] spreads)
    {
        double[][] reconciled = [.. parts.Select(p => p.ToArray())];
        var (column, variances) = (new double[parts.Length], new double[parts.Length]);
        for (var h = 0; way != Ways[0] && h < whole.Length; h++)
        {
            for (var p = 0; p < parts.Length; p++)
            {
                column[p] = parts[p][h];
                variances[p] = way == Ways[2] ? parts[p][h] : spreads[p] * spreads[p] * parts[p][h];
            }

            if (way != Ways[3])
            {
                SumReconciliation.Reconcile(whole[h], way == Ways[2] ? 0 : variance, column, variances);
            }
            else if (column.Sum() > whole[h])
            {
                SumReconciliation.Reconcile(whole[h], 0, column, variances);
            }

            for (var p = 0; p < parts.Length; p++)
            {
                reconciled[p][h] = column[p];
            }
        }

        return reconciled;
    }
}
