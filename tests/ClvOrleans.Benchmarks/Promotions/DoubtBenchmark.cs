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

    /// <summary>Prints the table.</summary>
    /// <param name="data">Folder of the public data.</param>
    public static void Run(string data)
    {
        Console.WriteLine(
            "| data set | cut | gone | bought | expected | would if alive | share | ε of the cuts before | expected with it |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, read, from, to) in SmallStoreBenchmark.Stores(data))
        {
            var (customers, seen) = (read(), new List<Row>());
            for (var cut = 1; cut <= Cuts; cut++)
            {
                var end = from + ((to - (7 * Ahead) - from) * cut / Cuts);
                var rows = RowsOf(customers, end);
                var gone = rows.Where(r => r.Alive < DoubtFit.Gone).ToArray();
                var (expected, would) = (gone.Sum(r => r.Buys), gone.Sum(r => (1 - r.Alive) * r.IfAlive));
                var share = would > 0 ? (gone.Count(r => r.Bought) - expected) / would : 0;
                var before = DoubtFit.Of(seen.Select(r => (r.Alive, r.Buys, r.IfAlive, r.Bought))).Share;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {cut} | {gone.Length:N0} | {gone.Count(r => r.Bought):N0} | {expected:0.0} | {would:0.0} | {share:0.000} | "
                        + $"{before:0.000} | {expected + (before * would):0.0} |"));
                seen.AddRange(rows);
            }
        }
    }

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

    private readonly record struct Row(double Alive, double Buys, double IfAlive, bool Bought);
}
