using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Tests.Drift;

public sealed class PredictionRecordTests
{
    private static readonly DateOnly Day = new(2026, 1, 31);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    // Customer i has spent i and is expected to come once and to spend i.
    private static readonly CustomerSummary[] Buyers = [.. Enumerable.Range(1, 200).Select(i => Buyer(i))];

    [Fact]
    public void Buyers_are_predicted_by_tenths_of_their_predicted_value()
    {
        var record = Record();
        Assert.Equal([1, 21, 41, 61, 81, 101, 121, 141, 161, 181], record.Groups.Select(g => g.From));
        Assert.All(record.Groups, g => Assert.Equal((20, 20.0), (g.Customers, g.Orders)));
        Assert.Equal(200 * 201 / 2, record.Groups.Sum(g => g.Value));
        Assert.Null(PredictionRecord.Of(new AsBefore(), [], MarketCalendar.Empty, Store, Day));
        Assert.Null(PredictionRecord.Of(new AsBefore(), Buyers, MarketCalendar.Empty, Store, Day.AddDays(-1)));
    }

    [Fact]
    public void What_came_is_counted_in_the_predicted_days_only_and_in_the_group_of_then()
    {
        CustomerSummary[] later =
        [
            .. Buyers.Select((c, i) => With(c, (30, i + 1), (31, 1_000))), // the last day predicted, and one too late
            Buyer(5, Day.AddDays(1)), // not yet a buyer
        ];
        var calibration = Record().Compare(new AsBefore(), later, MarketCalendar.Empty, Store);
        Assert.Equal(Day.AddDays(30), calibration.Until);
        Assert.All(calibration.Groups, g => Assert.Equal((g.Orders.Expected, g.Value.Expected), (g.Orders.Actual, g.Value.Actual)));
        Assert.Equal((1.0, 0.0), (calibration.Value.Ratio, calibration.Value.Error));
        Assert.Empty(new DriftReport("m", Day, [], [calibration]).Reasons);
    }

    [Fact]
    public void A_level_off_by_more_than_a_fifth_asks_for_training_unless_chance_explains_it()
    {
        var half = Record()
            .Compare(new AsBefore(), Buyers.Select((c, i) => i % 2 == 0 ? c : With(c, (3, i + 1))), MarketCalendar.Empty, Store);
        Assert.Equal((100.0, .5), (half.Orders.Actual, half.Orders.Ratio));
        Assert.Equal(Math.Sqrt(100), half.Orders.Error, 1e-9); // one too few of a hundred customers
        Assert.Equal(2, new DriftReport("m", Day, [], [half]).Reasons.Length);

        // All of it from one customer: two thirds too much, but one customer's chance.
        var one = Record()
            .Compare(new AsBefore(), Buyers.Select((c, i) => With(c, (3, i == 0 ? 15_000 : i + 1))), MarketCalendar.Empty, Store);
        Assert.Equal(1.75, one.Value.Ratio!.Value, .01);
        Assert.False(one.Value.IsOff);

        // Certain, but no more than a fifth.
        var tenth = Record()
            .Compare(new AsBefore(), Buyers.Select((c, i) => i % 10 == 0 ? c : With(c, (3, i + 1))), MarketCalendar.Empty, Store);
        Assert.Equal((.9, false), (tenth.Orders.Ratio, tenth.Orders.IsOff));
    }

    [Fact]
    public void How_often_what_came_was_within_the_intervals_is_counted_where_it_is_asked_for()
    {
        // Intervals are half to one and a half of what is expected: half spend just that, a quarter twice as much, a quarter nothing,
        // of whom one, expected to spend a single minor unit, may.
        CustomerSummary[] later = [
            .. Buyers.Select((c, i) => (i % 4) switch { 0 => c, 1 => With(c, (3, 2 * (i + 1))), _ => With(c, (3, i + 1)) })
        ];
        var tally = new CalibrationTally(Record(), new AsBefore(), MarketCalendar.Empty, Store, withIntervals: true);
        Array.ForEach(later, tally.Add);
        var month = tally.Compare();

        Assert.Equal(new IntervalHits(200, 49, 50), month.Hits);
        Assert.Equal((.505, new IntervalHits(20, 5, 5)), (month.Hits!.Coverage, month.Groups[3].Hits));
        Assert.Null(Record().Compare(new AsBefore(), later, MarketCalendar.Empty, Store).Hits);
    }

    [Fact]
    public void The_level_error_of_a_report_is_that_of_its_months()
    {
        var twice = Record().Compare(new AsBefore(), Buyers.Select((c, i) => With(c, (3, 2 * (i + 1)))), MarketCalendar.Empty, Store);
        var half = Record()
            .Compare(new AsBefore(), Buyers.Select((c, i) => i % 2 == 0 ? c : With(c, (3, i + 1))), MarketCalendar.Empty, Store);
        var halved = Math.Log(half.Value.Ratio!.Value);

        Assert.Equal(Math.Log(2), twice.Value.LogRatio!.Value, 1e-12);
        Assert.Equal(
            Math.Sqrt(((Math.Log(2) * Math.Log(2)) + (halved * halved)) / 2),
            new DriftReport("m", Day, [], [twice, half]).LevelError!.Value, 1e-12);
        Assert.Null(new DriftReport("m", Day, [], []).LevelError);
    }

    private static PredictionRecord Record() => PredictionRecord.Of(new AsBefore(), Buyers, MarketCalendar.Empty, Store, Day)!;

    private static CustomerSummary Buyer(long spent, DateOnly? day = null) =>
        With(new CustomerSummary(), ((day ?? Day).DayNumber - Day.DayNumber, spent));

    private static CustomerSummary With(CustomerSummary customer, params (int Day, long Net)[] purchases) => customer with
    {
        PurchaseDays =
        [
            .. customer.PurchaseDays,
            .. purchases.Select(p => new PurchaseDay(Day.AddDays(p.Day), 1, new Money(p.Net), new Money(p.Net), Money.Zero)),
        ],
    };

    // Expects one more purchase like those up to the day.
    private sealed class AsBefore : IValueModel
    {
        public ModelVersion Version => PriorModel.Version;

        public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            new()
            {
                ModelVersion = Version.Id,
                AsOf = asOf,
                HorizonDays = horizon.Days,
                ExpectedOrders = 1,
                Value = customer.PurchaseDays.Last(d => d.Day <= asOf).Net,
            };

        public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            WithInterval(Estimate(customer, market, store, asOf, horizon));

        private static Estimate WithInterval(Estimate estimate) => estimate with
        {
            Interval = new ValueInterval(new Money(estimate.Value.Minor / 2), new Money(estimate.Value.Minor * 3 / 2), .8),
        };
    }
}
