using System.Globalization;
using ClvOrleans.Benchmarks.SmallStores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Learning;

namespace ClvOrleans.Benchmarks.Promotions;

/// <summary>
/// How much of the doubt about "has left" past windows tell: at each of four cuts of public data, how many of the customers with a
/// P(alive) below .05 bought in the half year after it, beside Pareto/NBD; and what the cuts before would have had it expect.
/// </summary>
internal static class DoubtBenchmark
{
    private const int Ahead = 26;
    private const int Cuts = 4;
    private const int Real = 3;
    private static readonly double[] Bounds = [DoubtFit.Gone, .2, .5, .8];

    private static readonly (double Share, double Buyers)[] Tried =
        [(.01, 20), (.01, 5), (.05, 5), (.1, 5), (.1, 20), (.2, 5), (.3, 2), (.3, 5), (.3, 20)];

    /// <summary>Prints the table.</summary>
    /// <param name="data">Folder of the public data.</param>
    public static void Run(string data)
    {
        Console.WriteLine(
            "| data set | cut | gone | bought | expected | would if alive | share | ε of the cuts before | expected with it |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var stores = new Dictionary<string, List<Row[]>>();
        foreach (var (name, read, from, to) in SmallStoreBenchmark.Stores(data))
        {
            var (customers, seen) = (read(), new List<Row>());
            stores[name] = [];
            for (var cut = 1; cut <= Cuts; cut++)
            {
                var end = from + ((to - (7 * Ahead) - from) * cut / Cuts);
                var rows = RowsOf(customers, end);
                var gone = rows.Where(r => r.Alive < DoubtFit.Gone).ToArray();
                var (expected, would) = (gone.Sum(r => r.Buys), gone.Sum(r => (1 - r.Alive) * r.IfAlive));
                var share = would > 0 ? (gone.Count(r => r.Bought) - expected) / would : 0;
                var before = DoubtFit.Of(seen.Select(Said)).Share;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {cut} | {gone.Length:N0} | {gone.Count(r => r.Bought):N0} | {expected:0.0} | {would:0.0} | {share:0.000} | "
                        + $"{before:0.000} | {expected + (before * would):0.0} |"));
                seen.AddRange(rows);
                stores[name].Add([.. rows]);
            }
        }

        Priors(stores);
        ByAlive(stores);
    }

    // Each cut is forecast with what the cuts before told, weighed with a prior: nats lost for each purchase that came, less is better.
    private static void Priors(Dictionary<string, List<Row[]>> stores)
    {
        Console.WriteLine($"\n| prior: share, buyers | {string.Join(" | ", stores.Keys)} | real | all |");
        Console.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" --- |", stores.Count + 2))}");
        foreach (var (share, buyers) in Tried)
        {
            double[] lost = [.. stores.Values.Select(cuts => Enumerable.Range(0, cuts.Count).Sum(cut =>
            {
                var doubt = DoubtFit.Of(cuts.Take(cut).SelectMany(r => r).Select(Said), share, buyers).Share;
                return cuts[cut].Where(r => r.Alive < DoubtFit.Gone).Sum(r => r.LostWith(doubt));
            }))];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {share:0.00}, {buyers} | {string.Join(" | ", lost.Select(l => l.ToString("0.0", CultureInfo.InvariantCulture)))} | "
                    + $"{lost.Take(Real).Sum():0.0} | {lost.Sum():0.0} |"));
        }
    }

    // Whether those who are not called gone are as doubtful: what came over what was expected, by P(alive).
    private static void ByAlive(Dictionary<string, List<Row[]>> stores)
    {
        Console.WriteLine("\n| data set | P(alive) | customers | bought | expected | share |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (name, cuts) in stores)
        {
            foreach (var group in cuts.SelectMany(r => r).GroupBy(r => Bounds.Count(b => r.Alive >= b)).OrderBy(g => g.Key))
            {
                var (came, expected) = (group.Count(r => r.Bought), group.Sum(r => r.Buys));
                var share = (came - expected) / group.Sum(r => (1 - r.Alive) * r.IfAlive);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | from {(group.Key == 0 ? 0 : Bounds[group.Key - 1]):0.00} | {group.Count():N0} | {came:N0} | "
                        + $"{expected:N1} | {share:0.000} |"));
            }
        }
    }

    private static (double Alive, double Buys, double BuysIfAlive, bool Bought) Said(Row row) =>
        (row.Alive, row.Buys, row.IfAlive, row.Bought);

    private static List<Row> RowsOf(int[][] customers, int end)
    {
        var known = customers.Where(c => c[0] <= end).ToArray();
        PurchaseHistory[] histories =
        [
            .. known.Select(c => new PurchaseHistory(
                c.Count(d => d <= end) - 1, (c.Last(d => d <= end) - c[0]) / 7.0, (end - c[0]) / 7.0)),
        ];
        var model = LifetimeModels.Fit("pareto-nbd", PurchaseHistories.Of(histories)).Model;
        var counts = new double[400];
        return
        [
            .. known.Zip(histories, (c, h) =>
            {
                var alive = model.ProbabilityAlive(h);
                model.PurchaseProbabilities(h, Ahead, counts);
                var (buys, bought) = (1 - counts[0], c.Any(d => d > end && d <= end + (7 * Ahead)));
                return new Row(alive, buys, alive > 0 ? Math.Min(1, buys / alive) : 0, bought);
            }),
        ];
    }

    private readonly record struct Row(double Alive, double Buys, double IfAlive, bool Bought)
    {
        // Nats by which this was not foreseen.
        public double LostWith(double doubt)
        {
            var buys = Math.Clamp(Buys + ((1 - Alive) * doubt * IfAlive), 1e-9, 1 - 1e-9);
            return -Math.Log(Bought ? buys : 1 - buys);
        }
    }
}
