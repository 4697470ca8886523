using ClvOrleans.Domain.Currencies;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Reports.Sales;

namespace ClvOrleans.Reports.Tests.Demand;

/// <summary>What known customers buy by their own mix, and what those buy who are expected to come.</summary>
public sealed class CustomerDemandTests
{
    private const int Horizon = 4;
    private static readonly DateOnly End = new(2026, 6, 30);

    [Fact]
    public void Customers_who_are_expected_to_come_are_in_it()
    {
        // Four come each week for a year and buy two units, once; in the other store the last of them came half a year ago.
        CustomerDemand Of(int fromWeek) => CustomerDemand.Of(
            SalesWeeks.Of(
                [.. Enumerable.Range(fromWeek, 52 - fromWeek).SelectMany(w => Enumerable.Range(0, 4).Select(_ => Customer((w, "lamp", 2))))],
                End),
            Horizon)!;

        var (going, over) = (Of(0), Of(26));
        Assert.All(going.Total, units => Assert.InRange(units, 4 * 2, 4 * 2 * 1.5));
        Assert.All(over.Total, units => Assert.InRange(units, 0, 1));
    }

    [Fact]
    public void Known_customers_buy_by_their_own_mix_and_as_often_as_their_silence_leaves()
    {
        // Both have bought every other week for half a year; those of mugs stopped half a year ago.
        var (tea, mugs) = (Enumerable.Range(0, 13), Enumerable.Range(13, 13));
        var sales = SalesWeeks.Of(
            [
                .. Enumerable.Range(0, 30).Select(_ => Customer([.. tea.Select(w => (2 * w, "tea", 3))])),
                .. Enumerable.Range(0, 30).Select(_ => Customer([.. mugs.Select(w => (2 * w, "mug", 3))])),
            ],
            End);
        var demand = CustomerDemand.Of(sales, Horizon)!;
        var (ofTea, ofMugs) = (demand.Products[sales.NumberOf("tea")], demand.Products[sales.NumberOf("mug")]);

        // Thirty customers, half an order a week, three units.
        Assert.InRange(ofTea, .7 * 45, 1.1 * 45);
        Assert.InRange(ofMugs, 0, ofTea / 10);
        Assert.Equal(demand.Total.Sum(), demand.Products.Sum() * Horizon, 6);
    }

    [Fact]
    public void Of_nobody_nothing_is_expected() => Assert.Null(CustomerDemand.Of(SalesWeeks.Of([], End), Horizon));

    private static CustomerSales Customer(params (int WeeksAgo, string Product, int Units)[] orders) => new()
    {
        Sales =
        [
            .. orders.OrderByDescending(o => o.WeeksAgo).Select(o => new Sale(
                End.AddDays(-7 * o.WeeksAgo), new Money(100), new Money(100), Money.Zero, null,
                [new SaleLine(o.Product, null, o.Units, new Money(100))])),
        ],
        Credits = [],
        Campaign = null,
        Channel = null,
        FirstProduct = null,
    };
}
