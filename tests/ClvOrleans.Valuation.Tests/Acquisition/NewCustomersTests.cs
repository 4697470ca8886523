using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Numerics;
using ClvOrleans.Valuation.Acquisition;

namespace ClvOrleans.Valuation.Tests.Acquisition;

public sealed class NewCustomersTests
{
    private static readonly DateOnly Today = new(2025, 12, 31);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    [Fact]
    public void Groups_are_drawn_to_their_mean_as_far_as_they_are_uncertain()
    {
        // Estimates 1 and 3 of variance .5 each: Q = 4, df = 1, C = 4 - 8 / 4 = 2, between 1.5; the mean 2, the share of the own word .75.
        var shrunk = GroupShrinkage.Of([(1, .5), (3, .5)]);
        Assert.Equal(1.25, shrunk[0].Estimate, 1e-12);
        Assert.Equal(2.75, shrunk[1].Estimate, 1e-12);
        Assert.Equal((.75 * .5) + (.25 * .25 * 1), shrunk[0].Variance, 1e-12);

        // No more apart than by chance: one mean.
        Assert.All(GroupShrinkage.Of([(1, 4), (1.5, 4)]), g => Assert.Equal(1.25, g.Estimate, 1e-12));
    }

    [Fact]
    public void A_channel_whose_customers_buy_twice_as_often_is_worth_more_and_a_thin_one_is_hardly_told_apart()
    {
        var (groups, all) = Simulated(("search / cpc", 3_000, .02), ("mail / crm", 3_000, .01), ("tv / spot", 4, .06))!.Value;
        Assert.Equal(["mail / crm", "search / cpc", "tv / spot"], groups.Select(g => g.Name).Order());
        var (search, mail, tv) = (Of("search / cpc"), Of("mail / crm"), Of("tv / spot"));
        Assert.Equal((3_000, 3_000, 4, 6_004), (search.Customers, mail.Customers, tv.Customers, all.Customers));

        // Twice the rate at the same loss: 2 ± what sampling leaves.
        Assert.InRange(search.RepeatPurchases / mail.RepeatPurchases, 1.8, 2.2);
        Assert.True(search.Lower > mail.Upper);
        Assert.True(tv.Upper - tv.Lower > 3 * (search.Upper - search.Lower));
        Assert.InRange(all.Value, mail.Value, search.Value);
        Assert.All(groups, g => Assert.Equal(3_000, g.FirstPurchase, 150.0));

        AcquisitionGroup Of(string name) => groups.Single(g => g.Name == name);
    }

    [Fact]
    public void The_value_is_what_customers_of_a_year_spent_who_began_before_it()
    {
        // Everybody of two years ago or before has had a year: what they spent in it is the value, but for the discount.
        var random = new Random(8);
        var customers = Enumerable.Range(0, 8_000).Select(_ => Customer(random, 730 + random.Next(100), .015)).ToArray();
        var spent = customers.Average(
            c => c.PurchaseDays.Where(d => d.Day <= c.PurchaseDays[0].Day.AddDays(365)).Sum(d => (double)d.Net.Minor));
        var report = new NewCustomers(Today);
        foreach (var customer in customers)
        {
            report.Add("any", customer);
        }

        var all = report.Expect(Store with { AnnualDiscountRate = 0 })!.Value.All;
        Assert.InRange(all.Value / spent, .93, 1.07);
    }

    [Fact]
    public void The_smallest_of_many_products_are_one_row_and_nobody_is_lost()
    {
        var random = new Random(2);
        var report = new NewCustomers(Today);
        for (var i = 0; i < 1_000; i++)
        {
            report.Add(i % 10 == 0 ? null : $"p{i % 307}", Customer(random, 30 + random.Next(300), .01));
        }

        var (groups, all) = report.Expect(Store)!.Value;
        Assert.Equal(NewCustomers.Most + 2, groups.Length);
        Assert.Equal((1_000, 1_000), (all.Customers, groups.Sum(g => g.Customers)));
        Assert.Equal((NewCustomers.Others, null), (groups[^2].Name, groups[^1].Name));
        Assert.Null(new NewCustomers(Today).Expect(Store));
    }

    [Fact]
    public void A_store_of_one_customer_has_an_answer_with_a_wide_interval()
    {
        var report = new NewCustomers(Today);
        report.Add("x", new CustomerSummary
        {
            PurchaseDays = [new PurchaseDay(Today.AddDays(-3), 1, new Money(5_000), new Money(5_000), Money.Zero)],
        });
        var all = report.Expect(Store)!.Value.All;
        Assert.True(all.Upper > 2 * all.Lower && all.Value >= 5_000);
    }

    private static (System.Collections.Immutable.ImmutableArray<AcquisitionGroup> Groups, AcquisitionGroup All)? Simulated(
        params (string Name, int Customers, double Rate)[] channels)
    {
        var (random, report) = (new Random(5), new NewCustomers(Today));
        foreach (var (name, customers, rate) in channels)
        {
            for (var i = 0; i < customers; i++)
            {
                report.Add(name, Customer(random, 60 + random.Next(500), rate));
            }
        }

        return report.Expect(Store);
    }

    // Buys at a rate a day until they leave, on average after 200 days.
    private static CustomerSummary Customer(Random random, int daysAgo, double rate)
    {
        var (own, stays) = (rate * -Math.Log(1 - random.NextDouble()), 200 * -Math.Log(1 - random.NextDouble()));
        var first = Today.AddDays(-daysAgo);
        var days = new SortedSet<DateOnly> { first };
        for (var t = Gap(); t < Math.Min(stays, daysAgo); t += Gap())
        {
            days.Add(first.AddDays((int)t));
        }

        return new CustomerSummary
        {
            PurchaseDays = [
                .. days.Select(
                    d => new PurchaseDay(d, 1, new Money(random.Next(2_000, 4_000)), new Money(random.Next(2_000, 4_000)), Money.Zero))
            ],
        };

        double Gap() => -Math.Log(1 - random.NextDouble()) / own;
    }
}
