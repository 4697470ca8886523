using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class SmallStoreTests
{
    private static readonly DateOnly End = new(2024, 12, 31);
    private static readonly DateTimeOffset Now = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] Sizes = [10, 100, 499];
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    [Fact]
    public void A_store_in_which_nobody_bought_twice_is_not_expected_to_buy_ten_times_too_much()
    {
        var customers = Enumerable.Range(0, 100).Select(i => Customer(End.AddDays(-i * 13 * 7 / 100))).ToArray();
        var expected = Total(ModelTrainer.Train(customers, End, Now, 1)[0], customers);

        // 100 customers were watched for 650 weeks together. With probability .95 they buy at most 3 / 650 times a week: 12 in 26 weeks.
        Assert.InRange(expected, .01, 12);

        // What stood in before: CDNOW as published (Fader and Hardie 2005), and what stands in until the first training.
        var cdnow = ImmutableSortedDictionary<string, double>.Empty.Add("r", .553).Add("alpha", 10.578).Add("s", .606).Add("beta", 11.669);
        Assert.InRange(Total(PriorModel.Version with { Parameters = cdnow, Covariance = [] }, customers), 45, 55);
        Assert.InRange(Total(PriorModel.Version, customers), 30, 95);
    }

    [Fact]
    public void Before_its_first_training_a_stores_own_customers_weigh_as_they_do_after_it()
    {
        var once = Enumerable.Range(0, 100).Select(i => Customer(End.AddDays(-i * 13 * 7 / 100))).ToArray();
        var first = ModelTrainer.First(once, End, Now);
        Assert.Equal(("first-100", true, 0), (first.Id, first.IsFirst, first.Training));
        Assert.Equal(Total(ModelTrainer.Train(once, End, Now, 1)[0], once), Total(first, once), 1e-9);
        Assert.Contains(
            "100 buyers before the first training: with what 6 other stores are like", first.Description, StringComparison.Ordinal);

        // Who all came back within a month: the other way round, the same. 30 customers are fewer than 100, and the prior weighs more.
        CustomerSummary[] again = [.. once.Select(c => Customer(c.PurchaseDays[0].Day.AddDays(-30), c.PurchaseDays[0].Day))];
        var few = ModelTrainer.First(once[..30], End, Now);
        Assert.True(Total(ModelTrainer.First(again, End, Now), again) > 2 * Total(PriorModel.Version, once));
        Assert.True(Total(few, once) > Total(first, once) && Total(few, once) < Total(PriorModel.Version, once));
        Assert.True(first.PriorShare < few.PriorShare && few.PriorShare < 1);
    }

    [Fact]
    public void Three_customers_get_a_model_that_says_how_little_is_known()
    {
        var customers = new[] { Customer(End.AddDays(-30)), Customer(End.AddDays(-20), End.AddDays(-2)), Customer(End.AddDays(-1)) };
        var version = Assert.Single(ModelTrainer.Train(customers, End, Now, 1));
        Assert.Equal("pareto-nbd-1", version.Id);
        Assert.InRange(version.PriorShare!.Value, .3, 1);
        Assert.Contains("3 customers of 4 weeks", version.Description, StringComparison.Ordinal);
        var forecast = ValueModels.Open(version).Forecast(customers[1], MarketCalendar.Empty, Store, End, new Horizon(365));
        Assert.Equal(EstimateBasis.SmallStore, forecast.Basis);
        Assert.True(forecast.Interval.Lower < forecast.Value && forecast.Value < forecast.Interval.Upper);
    }

    [Fact]
    public void Less_is_left_to_the_prior_the_more_customers_there_are_and_nothing_in_a_store_of_a_year_and_500()
    {
        var random = new Random(3);
        var shares = Sizes.Select(n => ModelTrainer.Train(Shop(n), End, Now, 1)[0].PriorShare!.Value).ToArray();
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.True(shares[2] < .2);
        Assert.All(ModelTrainer.Train(Shop(600), End, Now, 1), v => Assert.Null(v.PriorShare));

        CustomerSummary[] Shop(int size) => [.. Enumerable.Range(0, size).Select(i =>
        {
            var first = End.AddDays(-random.Next(30, 400));
            var days = new List<DateOnly> { first };
            for (var day = first; random.NextDouble() < .6 && (day = day.AddDays(random.Next(5, 60))) <= End;)
            {
                days.Add(day);
            }

            return Customer([.. days]);
        })];
    }

    [Fact]
    public void The_prior_stands_in_with_the_uncertainty_of_not_knowing_the_store()
    {
        var customer = Customer(End.AddDays(-60), End.AddDays(-40), End.AddDays(-21), End.AddDays(-3));
        var known = ValueModels.Open(PriorModel.Version).Forecast(customer, MarketCalendar.Empty, Store, End, new Horizon(365));
        var certain = ValueModels.Open(PriorModel.Version with { Covariance = [] })
            .Forecast(customer, MarketCalendar.Empty, Store, End, new Horizon(365));
        Assert.Equal((EstimateBasis.Prior, certain.Value), (known.Basis, known.Value));
        Assert.True(known.Interval.Upper - known.Interval.Lower > certain.Interval.Upper - certain.Interval.Lower);
    }

    private static CustomerSummary Customer(params DateOnly[] days) =>
        new() { PurchaseDays = [.. days.Select(d => new PurchaseDay(d, 1, new Money(2_000), new Money(2_000), Money.Zero))] };

    private static double Total(ModelVersion version, CustomerSummary[] customers)
    {
        var model = ValueModels.Open(version);
        return customers.Sum(c => model.Estimate(c, MarketCalendar.Empty, Store, End, new Horizon(26 * 7)).ExpectedOrders);
    }
}
