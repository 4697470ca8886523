using System.Diagnostics;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Segments;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;

namespace ClvOrleans.Benchmarks;

/// <summary>
/// Scores and clusters of a real store, Online Retail II: the groups with their sizes and share of revenue, how stable clusters are against
/// those found three months before, and what membership costs a customer row.
/// </summary>
internal static class RetailSegmentsBenchmark
{
    private static readonly DateOnly End = new(2011, 12, 9);

    /// <summary>Prints the tables.</summary>
    /// <param name="data">Folder of the public data.</param>
    public static void Run(string data)
    {
        using var file = HistoryFile.Open(Path.Combine(data, "online_retail_II/online_retail_II.csv.gz"));
        var store = new StoreSettings { Id = new StoreId("store") };
        var context = new HistoryContext { Store = store, Source = "import", Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var events = HistoryReaders.Find("online-retail")!.Read(file.Lines, context)
            .Where(r => r.Event is not null).Select(r => (r.Customer, r.Event!));
        var past = StoreHistory.Of(events, store, End);
        CustomerSummary[] buyers = [.. past.Buyers.Select(b => b.Summary).Where(b => !b.PurchaseDays.IsEmpty)];
        var began = Stopwatch.GetTimestamp();
        var found = SegmentationFit.Of(past, null);
        Console.WriteLine(FormattableString.Invariant(
            $"{buyers.Length:N0} buyers, fitted in {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s. {found.Clustering.Reason}"));
        var revenue = buyers.Sum(b => (double)b.Net.Minor);
        Table(
            "group", buyers, revenue,
            b => found.ScoreOf(b, End, b.Orders, b.Net) is { } score ? RfmGroups.Format(RfmGroups.Of(score)) : "none");
        var clustering = found.Clustering;
        Table("cluster", buyers, revenue, b => clustering.Of(b, End) is { } id ? $"{id} {clustering.Find(id)!.Name}" : "none");
        foreach (var cluster in clustering.Clusters)
        {
            var middle = Enum.GetValues<ClusterFeature>()
                .Select(f => FormattableString.Invariant($"{f} {clustering.InUnits(cluster, f):N0}"));
            Console.WriteLine(FormattableString.Invariant($"{cluster.Id}: {string.Join(", ", middle)}"));
        }

        var former = SegmentationFit.Of(past.Until(End.AddDays(-91)), null).Clustering;
        var renewed = SegmentationFit.Of(past, former).Clustering;
        var both = buyers.Where(b => b.PurchaseDays[0].Day <= End.AddDays(-91)).ToArray();
        var same = both.Count(b => former.Of(b, End) == renewed.Of(b, End));
        Console.WriteLine(FormattableString.Invariant(
            $"{(double)same / both.Length:p1} of {both.Length:N0} are where the clusters of 91 days before put them. {renewed.Reason}"));
        var at = 0;
        var cost = Clock.Median(_ =>
        {
            var buyer = buyers[at++ % buyers.Length];
            return (clustering.Of(buyer, End)?.Number ?? 0) + (found.ScoreOf(buyer, End, buyer.Orders, buyer.Net)?.Number ?? 0);
        });
        Console.WriteLine(FormattableString.Invariant($"scores and cluster of a buyer: {cost:f2} us"));
    }

    private static void Table(string name, CustomerSummary[] buyers, double revenue, Func<CustomerSummary, string> of)
    {
        Console.WriteLine($"| {name} | customers | of revenue |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var group in buyers.GroupBy(of).OrderByDescending(g => g.Sum(b => (double)b.Net.Minor)))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {group.Key} | {(double)group.Count() / buyers.Length:p1} | {group.Sum(b => (double)b.Net.Minor) / revenue:p1} |"));
        }
    }
}
