using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Benchmarks;

/// <summary>What scores and clusters add to the estimate of a customer row.</summary>
internal static class SegmentationBenchmark
{
    private const int Clusters = 5;
    private static readonly DateOnly Today = new(2026, 1, 31);

    /// <summary>Prints, for some numbers of purchase days, a row without and with a segmentation.</summary>
    public static void Run()
    {
        var random = new Random(1);
        var segmentation = new Segmentation(
            new RfmCuts([300, 120, 60, 20], [1, 2, 4, 8], [new(2_000), new(9_000), new(30_000), new(60_000)]),
            new Clustering
            {
                Clusters =
                [
                    .. Enumerable.Range(1, Clusters).Select(i => new Cluster(
                        new ClusterId(i), $"{i}",
                        [.. Enumerable.Range(0, ClusterFeatures.Count).Select(_ => (3 * random.NextDouble()) - 1.5)], 1)),
                ],
                Means = [4, 4, 1, 8],
                Deviations = [2, 1.3, .8, .7],
                Margin = .1,
            });
        foreach (var purchases in (int[])[1, 3, 10, 100])
        {
            var customer = Customer(purchases);
            var model = ValueModels.Open(PriorModel.Version);
            var store = new StoreSettings { Id = new StoreId("shop"), Currency = Currency.Of("USD") };
            float Row(Segmentation? with)
            {
                var estimate = model.Estimate(customer, MarketCalendar.Empty, store, Today, store.Horizon);
                return Contribution.Of(1, 1, customer, estimate, 3_000, null, with).Revision;
            }

            var (without, with) = (Clock.Median(_ => Row(null)), Clock.Median(_ => Row(segmentation)));
            var alone = Clock.Median(_ => segmentation.Clustering.Of(customer, Today)!.Value.Number
                + segmentation.ScoreOf(customer, Today, purchases, new Money(purchases))!.Value.Number);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                _ = segmentation.Clustering.Of(customer, Today);
                _ = segmentation.ScoreOf(customer, Today, purchases, default);
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Console.WriteLine(FormattableString.Invariant(
                $"{purchases} purchase days: a row {without:F2} us, with {Clusters} clusters {with:F2} us; these alone {alone:F3} us, {bytes / 1_000} bytes"));
        }
    }

    private static CustomerSummary Customer(int purchases) => new()
    {
        FirstSeen = Today.AddDays(-9 * purchases),
        LastSeen = Today.AddDays(-9),
        PurchaseDays =
        [
            .. Enumerable.Range(1, purchases).Reverse().Select(i => new PurchaseDay(
                Today.AddDays(-9 * i), 1, new Money(2_000 + (i * 37 % 900)), new Money(2_000 + (i * 37 % 900)), new Money(700))),
        ],
    };
}
