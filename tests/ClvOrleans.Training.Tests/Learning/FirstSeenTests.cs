using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation.Ensemble;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class FirstSeenTests
{
    [Fact]
    public void A_burst_at_the_start_is_of_old_customers()
    {
        var past = Old(New(new Shop())).Until(364);
        var (seen, clock) = (Fit(past), SeasonFit.Of(past));

        // Rare buyers among the old are first seen late, so that it never falls to nothing.
        Assert.InRange(seen.Arrivals.OldOf(Shop.Day(0), clock), 8, 10);
        Assert.InRange(seen.Arrivals.OldOf(Shop.Day(364), clock), 0, 5);
    }

    [Fact]
    public void Without_a_burst_nobody_was_a_customer_before()
    {
        var past = New(new Shop()).Until(364);

        Assert.InRange(Fit(past).Arrivals.OldOf(Shop.Day(0), SeasonFit.Of(past)), 0, 2);
    }

    [Fact]
    public void New_customers_are_not_taken_for_as_good_as_the_old()
    {
        var past = Old(New(new Shop())).Until(364);
        var (plain, histories) = Plain(past);
        var seen = FirstSeenFit.Of(past, SeasonFit.Of(past), plain, histories);
        var latest = past.Buyers.MaxBy(c => c.FirstPurchase)!;
        var unseen = new PurchaseHistory(0, 0, 0);

        Assert.True(seen.ModelOf(seen.GroupOf(latest.Summary)).ExpectedPurchases(unseen, 26) < .7 * plain.ExpectedPurchases(unseen, 26));
    }

    private static FirstSeen Fit(StoreHistory past)
    {
        var (plain, histories) = Plain(past);
        return FirstSeenFit.Of(past, SeasonFit.Of(past), plain, histories);
    }

    private static (ParetoNbd Plain, PurchaseHistory[] Histories) Plain(StoreHistory past)
    {
        var clock = SeasonFit.Of(past);
        var histories = past.Buyers.Select(c => clock.HistoryOf(c.Summary, past.End)).ToArray();
        return ((ParetoNbd)LifetimeModels.Fit("pareto-nbd", histories).Model, histories);
    }

    // Customers of long ago who never leave; each keeps to a gap of 5 to 180 days, and the data begin somewhere within it.
    private static Shop Old(Shop shop)
    {
        for (var i = 0; i < 360; i++)
        {
            var gap = 5 + (i * 37 % 176);
            for (var day = i * 53 % gap; day <= 364; day += gap)
            {
                shop.Order($"old{i:000}", day, 1_000 + (i * 71 % 900));
            }
        }

        return shop;
    }

    // One comes every day; every third comes back, once.
    private static Shop New(Shop shop)
    {
        for (var i = 0; i < 365; i++)
        {
            shop.Order($"new{i:000}", i, 1_000 + (i * 71 % 900));
            if (i % 3 == 0 && i + 20 + (i % 50) <= 364)
            {
                shop.Order($"new{i:000}", i + 20 + (i % 50), 1_000);
            }
        }

        return shop;
    }
}
