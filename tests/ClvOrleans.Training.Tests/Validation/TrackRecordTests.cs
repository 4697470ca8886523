using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Validation;

/// <summary>What a store was told of its buyers together, beside what came.</summary>
public sealed class TrackRecordTests
{
    private static readonly DateOnly Day = new(2026, 1, 31);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop"), AnnualDiscountRate = .1 };

    // Half of them are new, half have left; each is expected to spend 1,000.
    private static readonly CustomerSummary[] Buyers = [.. Enumerable.Range(0, 200).Select(i => Buyer(i < 100 ? 0 : -400))];

    [Fact]
    public void Totals_are_those_of_the_store_and_of_each_lifecycle_undiscounted_each_with_an_interval_around_it()
    {
        var totals = Totals();
        Assert.Equal([("lost", 100L, 100_000.0), ("new", 100L, 100_000.0), ("total", 200L, 200_000.0)],
            totals.Select(t => (t.Group, t.Customers, t.Expected)));
        Assert.All(totals, t => Assert.InRange(t.Expected, t.Lower, t.Upper));
        Assert.All(totals, t => Assert.Equal(("m-1", Day, Day.AddDays(30)), (t.Model, t.MadeOn, t.Until)));

        // They share the level, so that all are no less certain than their half is by more than chance.
        Assert.True(totals[2].Upper - totals[2].Lower > 1.9 * (totals[0].Upper - totals[0].Lower));
    }

    [Fact]
    public void What_came_counts_within_the_days_for_those_who_had_bought_in_the_group_that_they_were_in()
    {
        CustomerSummary[] later =
        [
            .. Buyers.Select((c, i) => With(c, (30, i < 100 ? 2_000 : 500), (31, 9_999))), // one day too late
            With(Buyer(1), (3, 9_999)), // nobody's buyer on the day
        ];
        var compared = Compare(later);
        Assert.Equal([50_000.0, 200_000, 250_000], compared.Select(t => t.Outcome!.Actual));
        Assert.Equal([new(100, 0, 0), new(100, 0, 100), new IntervalHits(200, 0, 100)], compared.Select(t => t.Outcome!.Hits));

        // Intervals are 500 to 1,500: a width of 1,000, and ten times the 500 beyond it.
        Assert.Equal([1_000.0, 6_000, 3_500], compared.Select(t => Math.Round(t.Outcome!.Score, 9)));
        Assert.Equal([Math.Log(.5), Math.Log(2), Math.Log(1.25)], compared.Select(t => t.LogRatio!.Value));
        Assert.True(compared[0].Outcome!.Place < .1 && compared[1].Outcome!.Place > .9, "Half and twice are at the ends.");
    }

    [Fact]
    public void Of_an_own_segment_its_members_are_one_group_whatever_their_lifecycle()
    {
        var tally = new TotalsTally(new Certain(), MarketCalendar.Empty, Store, Day, new Horizon(30), "segment:vip");
        Array.ForEach(Buyers[50..150], tally.Add);
        var total = Assert.Single(tally.Totals());
        Assert.Equal(("segment:vip", "vip", 100L, 100_000.0), (total.Group, total.Segment!.Value.Value, total.Customers, total.Expected));

        var came = new OutcomeTally([total], new Certain(), MarketCalendar.Empty, Store);
        Array.ForEach(Buyers[50..150], c => came.Add(With(c, (30, 2_000))));
        var outcome = Assert.Single(came.Compare()).Outcome!;
        Assert.Equal((200_000.0, new IntervalHits(100, 0, 100)), (outcome.Actual, outcome.Hits));
        Assert.Null(Totals()[0].Segment);
    }

    [Fact]
    public void The_record_of_a_group_is_that_of_all_its_predictions_whose_days_have_passed()
    {
        var twice = Compare([.. Buyers.Select(c => With(c, (3, 2_000)))]);
        var half = Compare([.. Buyers.Select(c => With(c, (3, 500)))]);
        var records = TrackRecord.Of([.. twice, .. half, .. Totals()]);

        Assert.Equal(["total", "lost", "new"], records.Select(r => r.Group));
        var (total, ends) = (records[0], twice[2]);
        Assert.Equal((30, 2, 0.0), (total.Days, total.Totals, total.Held));
        Assert.Equal((Math.Log(2), 0.0, 2.0), (total.LevelError!.Value, total.LevelBias!.Value, total.WorstFactor!.Value));
        Assert.Equal(new IntervalHits(400, 0, 200), total.Customers);
        var width = ends.Upper - ends.Lower;
        Assert.Equal(
            (((width + (10 * (400_000 - ends.Upper))) / 400_000) + ((width + (10 * (ends.Lower - 100_000))) / 100_000)) / 2,
            total.TotalScore!.Value, 1e-9);
        Assert.Empty(TrackRecord.Of(Totals()));
    }

    private static IReadOnlyList<PredictedTotal> Totals()
    {
        var tally = new TotalsTally(new Certain(), MarketCalendar.Empty, Store, Day, new Horizon(30));
        Array.ForEach(Buyers, tally.Add);
        tally.Add(Buyer(1)); // has not bought yet
        return tally.Totals();
    }

    private static IReadOnlyList<PredictedTotal> Compare(CustomerSummary[] later)
    {
        var tally = new OutcomeTally(Totals(), new Certain(), MarketCalendar.Empty, Store);
        Array.ForEach(later, tally.Add);
        return tally.Compare();
    }

    private static CustomerSummary Buyer(int day) => With(new CustomerSummary(), (day, 700));

    private static CustomerSummary With(CustomerSummary customer, params (int Day, long Net)[] purchases) => customer with
    {
        PurchaseDays =
        [
            .. customer.PurchaseDays,
            .. purchases.Select(p => new PurchaseDay(Day.AddDays(p.Day), 1, new Money(p.Net), new Money(p.Net), Money.Zero)),
        ],
    };

    // Expects 1,000 of everyone, less what is discounted.
    private sealed class Certain : IValueModel
    {
        public ModelVersion Version { get; } = PriorModel.Version with { Id = "m-1" };

        public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            new()
            {
                ModelVersion = Version.Id,
                AsOf = asOf,
                HorizonDays = horizon.Days,
                ProbabilityAlive = .9,
                Value = new Money((Int128)(1_000 * (1 - store.AnnualDiscountRate))),
                Variance = 1,
                Hazard = 3,
            };

        public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            Estimate(customer, market, store, asOf, horizon) with
            {
                Interval = new ValueInterval(new Money(500), new Money(1_500), .8),
            };
    }
}
