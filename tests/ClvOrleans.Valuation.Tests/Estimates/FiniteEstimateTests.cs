using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Tests.Estimates;

/// <summary>Whatever customers have bought, and whatever a model says, an estimate can be added up and written.</summary>
public sealed class FiniteEstimateTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateOnly Day = new(2026, 6, 15);

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Probabilities_and_orders_are_finite(double said, double probability)
    {
        var estimate = new Estimate
        {
            ModelVersion = "odd",
            AsOf = Day,
            HorizonDays = 365,
            ExpectedOrders = said,
            ProbabilityAlive = said,
            ProbabilityOfNoOrder = said,
        };
        Assert.Equal((probability, probability), (estimate.ProbabilityAlive, estimate.ProbabilityOfNoOrder));
        Assert.Equal(probability * Estimate.GreatestOrders, estimate.ExpectedOrders);
        Assert.Equal((Int128)(probability * 1e12), Contribution.Of(1, 1, new CustomerSummary(), estimate, 3_000).Sums.ExpectedOrders);
    }

    [Fact]
    public void Orders_of_any_amount_have_an_estimate_an_explanation_and_a_place()
    {
        var money = new Money((Int128)long.MaxValue * 1_000_000);
        var customer = new CustomerSummary
        {
            PurchaseDays = [
                .. Enumerable.Range(0, 40).Select(i => new PurchaseDay(Day.AddDays(-i), 1_000_000, money, money, money)).Reverse()
            ],
            LastSeen = Day,
        };
        Assert.Equal(money.Minor * 40, customer.Gross.Minor);
        Assert.Equal(((double)money.Minor, 39), customer.RepeatSpendAt(Day));

        var model = ValueModels.Open(PriorModel.Version);
        var forecast = model.Forecast(customer, MarketCalendar.Empty, Store, Day, new Horizon(3_650));
        Assert.Equal(Money.GreatestEstimate, forecast.Value.Minor);
        Assert.All(forecast.Intervals!, i => Assert.InRange(i.Upper.Minor, i.Lower.Minor, Money.GreatestEstimate));
        Assert.Equal(forecast.Value, model.Explain(customer, MarketCalendar.Empty, Store, Day, new Horizon(3_650)).Value);
        Assert.Equal(1, Contribution.Of(1, 1, customer, forecast, 3_000).Sums.Customers);
    }
}
