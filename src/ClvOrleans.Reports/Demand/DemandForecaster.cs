namespace ClvOrleans.Reports.Demand;

/// <summary>
/// Forecasts the weeks after the end of a table. Which methods forecast the whole and the products, how much of last year's season they
/// have, and how they are made to add up, is chosen by rolling the origin over the table itself: each choice is that of a store that knew
/// no later week. Means of the best three methods are taken, since a single best one is partly luck.
/// </summary>
internal static class DemandForecaster
{
    /// <summary>How many of the best sold products choices are judged by.</summary>
    public const int Judged = 200;

    private const double HalfSeason = .5;
    private const string BottomUp = "bottom-up";
    private const string TopDown = "top-down";
    private const string Apart = "large orders apart";
    private static readonly double[] Seasons = [HalfSeason, 0, 1];
    private static readonly string[] Ways = [BottomUp, "minimum-trace", TopDown, Apart];

    /// <summary>Forecasts some weeks. The table has a week at least.</summary>
    public static DemandForecast Forecast(SalesWeeks sales, int horizon)
    {
        var origins = InnerOrigin.Of(sales, horizon);
        var best = origins.Select(o => o.Bases.Sales.Best(Judged)).ToList();
        var totals = Choose(BaseForecasts.Totals, 3, "level-8", m => WapeOfTotal([m], HalfSeason, origins));
        var products = Choose(BaseForecasts.Products, 3, "tsb-.1", m => WapeOfProducts(i => p =>
            origins[i].Bases.Product([m], HalfSeason, p)));

        // As long as no origin knows last year's season, half of it is taken.
        var seasonal = origins.Where(o => o.Bases.HasSeason).ToList();
        var season = seasonal.Count == 0 ? HalfSeason : Seasons.MinBy(s => WapeOfTotal(totals, s, seasonal));
        var bases = origins.Select(o => Parts(o.Bases, products, season)).ToList();
        var wholes = origins.Select(o => o.Bases.Total(totals, season)).ToList();
        var variance = origins.Count == 0 ? 0 : origins.SelectMany((o, i) => Pairs(o, wholes[i], h => o.Actual(sales, h)))
            .Average(p => (p.Actual - p.Forecast) * (p.Actual - p.Forecast));
        var errors = DemandErrors.Of(sales, origins, [.. bases], [.. wholes]);
        var spreads = Enumerable.Range(0, sales.Products.Length).Select(p => errors.Spread(p)).ToArray();
        var (way, reconciled, least) = (TopDown, new List<double[][]>(), double.PositiveInfinity);
        foreach (var candidate in origins.Count == 0 ? [] : Ways)
        {
            var tried = bases.Select((b, i) => Reconcile(candidate, wholes[i], variance, b, spreads)).ToList();
            var error = Wape(origins.SelectMany((o, i) => Pairs(o, Add(candidate, tried[i], wholes[i]), h => o.Actual(sales, h))))
                + WapeOfProducts(i => p => tried[i][p]);
            (way, reconciled, least) = error < least ? (candidate, tried, error) : (way, reconciled, least);
        }

        var now = new BaseForecasts(sales, horizon);
        var whole = now.Total(totals, season);
        var units = Reconcile(way, whole, variance, Parts(now, products, season), spreads);
        var total = Add(way, units, whole);
        errors = DemandErrors.Of(sales, origins, [.. reconciled], [.. reconciled.Select((r, i) => Add(way, r, wholes[i]))]);
        return new DemandForecast(
            sales, errors.AroundTotal(total), [.. units.Select((u, p) => errors.Around(u, errors.Spread(p)))],
            [.. totals.Select(t => BaseForecasts.Totals[t])], [.. products.Select(p => BaseForecasts.Products[p])], season, way,
            origins.Count)
        {
            Errors = errors,
            Apart = [.. total.Zip(SalesWeeks.Add(units, horizon), (sum, parts) => Math.Max(0, sum - parts))],
        };

        int[] Choose(IReadOnlyList<string> methods, int most, string otherwise, Func<int, double> error) => origins.Count == 0
            ? [methods.ToList().IndexOf(otherwise)]
            : [.. Enumerable.Range(0, methods.Count).Select(m => (m, Error: error(m))).OrderBy(m => m.Error).Take(most).Select(m => m.m)];

        double WapeOfTotal(IReadOnlyList<int> methods, double power, List<InnerOrigin> at) =>
            Wape(at.SelectMany(o => Pairs(o, o.Bases.Total(methods, power), h => o.Actual(sales, h))));

        double WapeOfProducts(Func<int, Func<int, double[]>> forecast) => Wape(origins.SelectMany(
            (o, i) => best[i].SelectMany(p => Pairs(o, forecast(i)(p), h => o.Actual(sales, p, h)))));
    }

    private static IEnumerable<(double Actual, double Forecast)> Pairs(InnerOrigin origin, double[] forecast, Func<int, double> actual)
    {
        for (var h = 0; h < origin.Known; h++)
        {
            yield return (actual(h), forecast[h]);
        }
    }

    private static double Wape(IEnumerable<(double Actual, double Forecast)> pairs)
    {
        var (error, sum) = (0.0, 0.0);
        foreach (var (actual, forecast) in pairs)
        {
            (error, sum) = (error + Math.Abs(actual - forecast), sum + actual);
        }

        return sum > 0 ? error / sum : 0;
    }

    private static double[][] Parts(BaseForecasts bases, int[] methods, double season) =>
        [.. Enumerable.Range(0, bases.Sales.Products.Length).Select(p => bases.Product(methods, season, p))];

    // Where large orders are apart, what the whole is above the products is a part of its own.
    private static double[] Add(string way, double[][] parts, double[] whole) => way == Apart
        ? [.. SalesWeeks.Add(parts, whole.Length).Zip(whole, Math.Max)]
        : SalesWeeks.Add(parts, whole.Length);

    private static double[][] Reconcile(string way, double[] whole, double variance, double[][] parts, double[] spreads)
    {
        if (way is BottomUp or Apart)
        {
            return parts;
        }

        double[][] reconciled = [.. parts.Select(_ => new double[whole.Length])];
        var (column, variances) = (new double[parts.Length], new double[parts.Length]);
        for (var h = 0; h < whole.Length; h++)
        {
            for (var p = 0; p < parts.Length; p++)
            {
                (column[p], variances[p]) = (parts[p][h], (way == TopDown ? 1 : spreads[p] * spreads[p]) * parts[p][h]);
            }

            SumReconciliation.Reconcile(whole[h], way == TopDown ? 0 : variance, column, variances);
            for (var p = 0; p < parts.Length; p++)
            {
                reconciled[p][h] = column[p];
            }
        }

        return reconciled;
    }
}
