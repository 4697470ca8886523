using System.Globalization;
using System.IO.Compression;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Models;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Benchmarks.SmallStores;

/// <summary>
/// Young and small stores cut out of large ones: some customers of those who began within some weeks before a day, and what they bought in
/// the 26 weeks after it. Pareto/NBD with the prior of all other stores, with the weak prior, by maximum likelihood, and not fitted at all.
/// </summary>
internal static class SmallStoreBenchmark
{
    private const int Ahead = 26;
    private const int Draws = 40;
    private static readonly int[] Sizes = [30, 100, 300];
    private static readonly int[] Weeks = [8, 13, 26];

    /// <summary>Prints the table.</summary>
    /// <param name="data">Folder of the public data.</param>
    /// <param name="samples">Random stores for each size, length and data set.</param>
    /// <param name="only">Name of the only data set to look at; null for all.</param>
    public static void Run(string data, int samples, string? only)
    {
        var methods = new (string Name, Func<string, FitOptions?> Options)[]
        {
            ("prior of the others", store => FitOptions.Default with { Prior = KnownStores.Prior(store) }),
            ("weak prior", _ => FitOptions.Default),
            ("maximum likelihood", _ => FitOptions.MaximumLikelihood),
            ("CDNOW as published", _ => null),
        };
        Console.WriteLine("| data set | customers | weeks | method | answers | RMSE | worst | holds | width |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, read, from, to) in Stores(data).Where(s => only is null || s.Name == only))
        {
            var customers = read();
            foreach (var (size, weeks) in Sizes.SelectMany(s => Weeks.Select(w => (s, w))))
            {
                var stores = Cut(customers, from, to, size, weeks, samples).ToArray();
                foreach (var (method, options) in methods.Where(m => name != "cdnow" || m.Name != "CDNOW as published"))
                {
                    Print(name, size, weeks, method, [.. stores.Select((s, i) => Judge(s, options(name), i))]);
                }
            }
        }
    }

    private static void Print(
        string name, int size, int weeks, string method, (double Expected, double Low, double High, double Bought)?[] all)
    {
        var answered = all.OfType<(double Expected, double Low, double High, double Bought)>().ToArray();
        var figures = "0% | - | - | - | -";
        if (answered.Length > 0)
        {
            var ratios = answered.Select(a => Math.Log((a.Expected + .5) / (a.Bought + .5))).ToArray();
            figures = string.Create(
                CultureInfo.InvariantCulture,
                $"{answered.Length / (double)all.Length:0%} | {Math.Sqrt(ratios.Average(r => r * r)):0.00} | {Math.Exp(ratios.Max(Math.Abs)):0.0} | "
                + $"{answered.Average(a => a.Bought >= a.Low && a.Bought <= a.High ? 1.0 : 0):0%} | "
                + $"{Math.Exp(answered.Average(a => Math.Log((a.High + .5) / (a.Low + .5)))):0.0}");
        }

        Console.WriteLine($"| {name} | {size} | {weeks} | {method} | {figures} |");
    }

    // Expected purchases of all customers, and the 80 % interval of their sum, or nothing where the fit is refused.
    private static (double Expected, double Low, double High, double Bought)? Judge(
        (PurchaseHistory[] Histories, int Bought) store, FitOptions? options, int seed)
    {
        try
        {
            if (options is null)
            {
                var published = new ParetoNbd(.55315, 10.57633, .60625, 11.67150);
                var (mean, variance) = Total(published, store.Histories);
                return Interval([Sample(mean, variance)], mean, store.Bought);

                double[] Sample(double m, double v) => [m - (1.2816 * Math.Sqrt(v)), m + (1.2816 * Math.Sqrt(v))];
            }

            var fit = LifetimeModels.Fit("pareto-nbd", store.Histories, options with { Threads = 1 });
            var (random, root) = (new Random(seed), Matrix<double>.Build.DenseOfRowMajor(4, 4, fit.Report.Covariance).Cholesky().Factor);
            var centre = Vector<double>.Build.DenseOfEnumerable(fit.Report.Parameters.Select(p => Math.Log(p)));
            var sums = new List<double>();
            for (var i = 0; i < Draws; i++)
            {
                var at = centre + (root * Vector<double>.Build.Dense(4, _ => Normal.Sample(random, 0, 1)));
                var p = at.Select(v => Math.Exp(Math.Clamp(v, -20, 20))).ToArray();
                var (mean, variance) = Total(new ParetoNbd(p[0], p[1], p[2], p[3]), store.Histories);
                sums.Add(Math.Max(0, Normal.Sample(random, mean, Math.Sqrt(variance))));
            }

            sums.Sort();
            return (Total(fit.Model, store.Histories).Mean, sums[Draws / 10], sums[Draws * 9 / 10], store.Bought);
        }
        catch (FitException)
        {
            return null;
        }

        static (double Expected, double Low, double High, double Bought) Interval(double[][] ends, double mean, int bought) =>
            (mean, Math.Max(0, ends[0][0]), ends[0][1], bought);
    }

    // Mean and variance of the sum of the customers' purchases, given the parameters.
    private static (double Mean, double Variance) Total(ILifetimeModel model, PurchaseHistory[] histories)
    {
        var (mean, variance) = (0.0, 0.0);
        var counts = new double[300];
        foreach (var h in histories)
        {
            var written = model.PurchaseProbabilities(h, Ahead, counts);
            var (first, second) = (0.0, 0.0);
            for (var n = 1; n < written; n++)
            {
                first += n * counts[n];
                second += n * (double)n * counts[n];
            }

            mean += first;
            variance += second - (first * first);
        }

        return (mean, variance);
    }

    private static IEnumerable<(PurchaseHistory[] Histories, int Bought)> Cut(
        int[][] customers, int from, int to, int size, int weeks, int samples)
    {
        var random = new Random((size * 100) + weeks);
        for (var sample = 0; sample < samples;)
        {
            var end = random.Next(from + (7 * weeks), to - (7 * Ahead) + 1);
            var began = customers.Where(c => c[0] > end - (7 * weeks) && c[0] <= end).ToArray();
            if (began.Length < size)
            {
                continue;
            }

            random.Shuffle(began);
            sample++;
            yield return (
                [
                    .. began[..size].Select(c => new PurchaseHistory(
                        c.Count(d => d <= end) - 1, (c.Last(d => d <= end) - c[0]) / 7.0, (end - c[0]) / 7.0)),
                ],
                began[..size].Sum(c => c.Count(d => d > end && d <= end + (7 * Ahead))));
        }
    }

    /// <summary>Purchase days of the customers of public stores, and the first and the last day of use.</summary>
    internal static IEnumerable<(string Name, Func<int[][]> Customers, int From, int To)> Stores(string data)
    {
        yield return ("cdnow", () => Imported(data, "cdnow", "cdnow/CDNOW_master.txt"), Day(1997, 1, 1), Day(1998, 6, 30));

        // Who buys in the first months of the file may be an old customer.
        yield return (
            "online-retail", () => Imported(data, "online-retail", "online_retail_II/online_retail_II.csv.gz"), Day(2010, 4, 1),
            Day(2011, 12, 9));
        yield return ("donors", () => Donors(Path.Combine(data, "donors/purchases.txt.gz")), Day(2006, 1, 1), Day(2015, 12, 31));
        foreach (var known in KnownStores.All.Where(k => k.Name is "groceries" or "apparel" or "simulated"))
        {
            yield return (known.Name, () => Drawn(known), 0, 7 * 80);
        }
    }

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;

    private static int[][] Imported(string data, string format, string path)
    {
        using var file = HistoryFile.Open(Path.Combine(data, path));
        var store = new StoreSettings { Id = new StoreId("store") };
        var context = new HistoryContext { Store = store, Source = "import", Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var events = HistoryReaders.Find(format)!.Read(file.Lines, context).Where(r => r.Event is not null)
            .Select(r => (r.Customer, r.Event!));
        return
        [
            .. StoreHistory.Of(events, store, new DateOnly(2020, 1, 1)).Buyers
                .Select(b => b.Summary.PurchaseDays.Select(d => d.Day.DayNumber).ToArray()).Where(d => d.Length > 0),
        ];
    }

    private static int[][] Donors(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).GroupBy(f => f[0])
                .Select(g => g.Select(f => DateOnly.Parse(f[2], CultureInfo.InvariantCulture).DayNumber).Distinct().Order().ToArray()),
        ];
    }

    // Customers of a store of which only the parameters are public.
    private static int[][] Drawn(KnownStore store)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 8_000).Select(_ => Customer())];

        int[] Customer()
        {
            var (rate, leaves) = (Gamma.Sample(random, store.R, store.Alpha), Gamma.Sample(random, store.S, store.Beta));
            var first = random.Next(0, 7 * 80);
            var gone = first + (7 * -Math.Log(1 - random.NextDouble()) / leaves);
            var days = new SortedSet<int> { first };
            for (var day = (double)first; (day += 7 * -Math.Log(1 - random.NextDouble()) / rate) < Math.Min(gone, 7 * 200);)
            {
                days.Add((int)day);
            }

            return [.. days];
        }
    }
}
