namespace ClvOrleans.Reports.Demand;

/// <summary>
/// Forecasts the weeks after the end of a table. How much each method counts in the forecast of the whole, which forecast the products, how
/// much of last year's season these have, and how all are made to add up, is told by rolling the origin over the table itself: each choice
/// is that of a store that knew no later week. Of products the mean of the best three is taken, since a single best one is partly luck.
/// </summary>
internal static class DemandForecaster
{
    /// <summary>How many of the best sold products choices are judged by.</summary>
    public const int Judged = 200;

    private const int BestOf = 3;
    private const double HalfSeason = .5;
    private const double LeastError = .001;
    private const string BottomUp = "bottom-up";
    private const string TopDown = "top-down";
    private const string Apart = "large orders apart";
    private const string MinimumTrace = "minimum-trace";
    private static readonly string[] Ways = [BottomUp, MinimumTrace, TopDown, Apart];

    /// <summary>Forecasts some weeks. The table has a week at least.</summary>
    public static DemandForecast Forecast(SalesWeeks sales, int horizon)
    {
        var origins = InnerOrigin.Of(sales, horizon);
        var best = origins.Select(o => o.Bases.Sales.Best(Judged)).ToList();
        var totals = Weights(sales, origins);
        var products = BestProducts();

        // As long as no origin knows last year's season, half of it is taken.
        var seasonal = origins.Select((o, i) => (o, i)).Where(o => o.o.Bases.HasSeason).ToList();
        var season = seasonal.Count == 0 ? HalfSeason : BaseForecasts.Seasons.MinBy(
            s => WapeOfProducts(seasonal.Select(o => o.i), i => p => origins[i].Bases.Product(products, s, p)));
        var bases = origins.Select(o => Parts(o.Bases, products, season)).ToList();
        var wholes = origins.Select(o => o.Bases.Total(totals)).ToList();
        var variance = origins.Count == 0 ? 0 : origins.SelectMany((o, i) => Pairs(o, wholes[i], h => o.Actual(sales, h)))
            .Average(p => (p.Actual - p.Forecast) * (p.Actual - p.Forecast));
        var errors = DemandErrors.Of(sales, origins, [.. bases], [.. wholes]);
        var spreads = Enumerable.Range(0, sales.Products.Length).Select(p => errors.Spread(p)).ToArray();
        var (way, reconciled, least) = (TopDown, new List<double[][]>(), double.PositiveInfinity);
        foreach (var candidate in origins.Count == 0 ? [] : Ways)
        {
            var tried = bases.Select((b, i) => Reconcile(candidate, wholes[i], variance, b, spreads)).ToList();
            var error = Wape(origins.SelectMany((o, i) => Pairs(o, Add(candidate, tried[i], wholes[i]), h => o.Actual(sales, h))))
                + WapeOfProducts(Enumerable.Range(0, origins.Count), i => p => tried[i][p]);
            (way, reconciled, least) = error < least ? (candidate, tried, error) : (way, reconciled, least);
        }

        var now = new BaseForecasts(sales, horizon);
        var whole = now.Total(totals);
        var units = Reconcile(way, whole, variance, Parts(now, products, season), spreads);
        var total = Add(way, units, whole);
        errors = DemandErrors.Of(sales, origins, [.. reconciled], [.. reconciled.Select((r, i) => Add(way, r, wholes[i]))]);
        return new DemandForecast(
            sales, errors.AroundTotal(total), [.. units.Select((u, p) => errors.Around(u, errors.Spread(p)))],
            [.. BaseForecasts.Totals.Zip(totals.Chunk(BaseForecasts.Seasons.Count), (m, w) => (m, w.Sum())).Where(m => m.Item2 > 0)],
            [.. products.Select(p => BaseForecasts.Products[p])], season, way, origins.Count)
        {
            Errors = errors,
            Apart = [.. total.Zip(SalesWeeks.Add(units, horizon), (sum, parts) => Math.Max(0, sum - parts))],
        };

        int[] BestProducts() => origins.Count == 0
            ? [BaseForecasts.Products.ToList().IndexOf("tsb-.1")]
            : [.. Enumerable.Range(0, BaseForecasts.Products.Count)
                .OrderBy(m => WapeOfProducts(Enumerable.Range(0, origins.Count), i => p => origins[i].Bases.Product([m], HalfSeason, p)))
                .Take(BestOf)];

        double WapeOfProducts(IEnumerable<int> at, Func<int, Func<int, double[]>> forecast) => Wape(at.SelectMany(
            i => best[i].SelectMany(p => Pairs(origins[i], forecast(i)(p), h => origins[i].Actual(sales, p, h)))));
    }

    // Each method with each season, by the inverse of the square of its error at earlier origins, after Bates and Granger (1969): which
    // single one was best is mostly luck. A store without earlier origins has the mean of eight weeks.
    private static double[] Weights(SalesWeeks sales, List<InnerOrigin> origins)
    {
        var seasons = BaseForecasts.Seasons.Count;
        var all = Enumerable.Range(0, BaseForecasts.Totals.Count * seasons).ToArray();
        double[] weights = origins.Count == 0
            ? [.. all.Select(i => BaseForecasts.Totals[i / seasons] == "level-8" && i % seasons == 0 ? 1.0 : 0)]
            : [.. all.Select(i => Math.Pow(Math.Max(LeastError, Wape(origins.SelectMany(o => Pairs(
                o, o.Bases.Total(i / seasons, BaseForecasts.Seasons[i % seasons]), h => o.Actual(sales, h))))), -2))];
        return [.. weights.Select(w => w / weights.Sum())];
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
    private static double[] Add(string way, double[][] parts, double[] whole) =>
        way == Apart ? whole : SalesWeeks.Add(parts, whole.Length);

    private static double[][] Reconcile(string way, double[] whole, double variance, double[][] parts, double[] spreads)
    {
        if (way == BottomUp)
        {
            return parts;
        }

        // Products that are together above the whole are not: there is nothing that is apart in that week.
        var sums = SalesWeeks.Add(parts, whole.Length);
        double[][] reconciled = [.. parts.Select(_ => new double[whole.Length])];
        var (column, variances) = (new double[parts.Length], new double[parts.Length]);
        for (var h = 0; h < whole.Length; h++)
        {
            for (var p = 0; p < parts.Length; p++)
            {
                (column[p], variances[p]) = (parts[p][h], (way == MinimumTrace ? spreads[p] * spreads[p] : 1) * parts[p][h]);
            }

            var to = way == Apart ? Math.Min(whole[h], sums[h]) : whole[h];
            SumReconciliation.Reconcile(to, way == MinimumTrace ? variance : 0, column, variances);
            for (var p = 0; p < parts.Length; p++)
            {
                reconciled[p][h] = column[p];
            }
        }

        return reconciled;
    }
}
