using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Segments;

public sealed class LifecycleRuleTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateOnly First = new(2024, 1, 1);

    // CDNOW, Fader, Hardie and Lee 2005.
    private static readonly BuyTillYouDieModel BgNbd = new(new ModelVersion
    {
        Id = "bg-nbd",
        Family = "bg-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", .243).Add("alpha", 4.414).Add("a", .793).Add("b", 2.426),
    });

    private static readonly BuyTillYouDieModel ParetoNbd = new(PriorModel.Version);

    [Theory]
    [InlineData(0, Lifecycle.New)]
    [InlineData(90, Lifecycle.New)]
    [InlineData(91, Lifecycle.Cooling)]
    [InlineData(180, Lifecycle.Cooling)]
    [InlineData(181, Lifecycle.AtRisk)]
    [InlineData(360, Lifecycle.AtRisk)]
    [InlineData(361, Lifecycle.Lost)]
    public void Silence_moves_a_one_time_buyer_though_bg_nbd_takes_them_for_alive_for_ever(int days, Lifecycle expected)
    {
        var customer = BuyerOn(0);
        Assert.Equal(1, BgNbd.Estimate(customer, MarketCalendar.Empty, Store, First.AddDays(days), Store.Horizon).ProbabilityAlive);
        Assert.Equal(expected, Of(BgNbd, customer, days));
    }

    [Fact]
    public void Two_purchases_in_a_row_do_not_make_a_daily_buyer_who_is_lost_in_a_month_and_a_half() =>
        Assert.Equal(Lifecycle.Active, Of(ParetoNbd, BuyerOn(0, 1), 45));

    [Fact]
    public void A_weekly_buyer_is_at_risk_after_four_silent_weeks()
    {
        var weekly = BuyerOn([.. Enumerable.Range(0, 50).Select(week => week * 7)]);
        Assert.Equal(Lifecycle.Active, Of(ParetoNbd, weekly, (49 * 7) + 7));
        Assert.Contains(Of(ParetoNbd, weekly, (49 * 7) + 28), (Lifecycle[])[Lifecycle.AtRisk, Lifecycle.Lost]);
    }

    [Fact]
    public void Before_the_first_purchase_everybody_is_a_prospect() => Assert.Equal(Lifecycle.Prospect, Of(ParetoNbd, BuyerOn(10), 9));

    [Fact]
    public void Silence_never_improves_a_lifecycle() =>
        Gen.Select(Gen.Int[0, 700].Array[1, 12], Gen.Int[0, 1_500], Gen.Int[0, 1_500], Gen.Bool).Sample((days, some, more, bg) =>
        {
            var (model, customer, last) = (bg ? BgNbd : ParetoNbd, BuyerOn(days), days.Max());
            return Of(model, customer, last + some) <= Of(model, customer, last + some + more);
        });

    private static Lifecycle Of(BuyTillYouDieModel model, CustomerSummary customer, int day) =>
        LifecycleRule.Of(customer, model.Estimate(customer, MarketCalendar.Empty, Store, First.AddDays(day), Store.Horizon));

    private static CustomerSummary BuyerOn(params int[] days) => new()
    {
        PurchaseDays = [
            .. days.Distinct().Order().Select(d => new PurchaseDay(First.AddDays(d), 1, new Money(1_000), new Money(1_000), new Money(300)))
        ],
    };
}
