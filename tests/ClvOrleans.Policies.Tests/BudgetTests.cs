using ClvOrleans.Domain.Currencies;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests;

/// <summary>One price decides who gets what, also between policies (acting 3.4 and the budget of section 4).</summary>
public sealed class BudgetTests
{
    // c1 (2,6)(4,10); c2 (2,1)(4,5); c3 (2,2.6)(4,3): gains with the cost taken off, as the offers of two policies.
    private static readonly (string Customer, decimal Cost, decimal Gain)[] Offers =
        [("c1", 2, 6), ("c1", 4, 10), ("c2", 2, 1), ("c2", 4, 5), ("c3", 2, 2.6m), ("c3", 4, 3)];

    [Theory]
    [InlineData(2.999, 2, 6)]
    [InlineData(1.999, 4, 10)]
    [InlineData(1.299, 6, 12.6)]
    [InlineData(1.251, 6, 12.6)]
    [InlineData(1.249, 10, 17.6)]
    [InlineData(.199, 12, 18)]
    public void Decisions_at_a_price_spend_and_gain_what_the_path_says(double price, double spent, double gain)
    {
        var chosen = Offers.GroupBy(o => o.Customer).Select(c => Best(c, price)).OfType<(decimal Cost, decimal Gain)>().ToList();
        Assert.Equal((spent, gain), ((double)chosen.Sum(c => c.Cost), (double)chosen.Sum(c => c.Gain)));
    }

    [Fact]
    public void The_path_itself_gives_the_price_of_a_budget()
    {
        var path = OfferPath.Of(Offers.Select(o => new Offer(o.Customer, (double)o.Cost, (double)o.Gain)));
        Assert.Equal((1.25, 15.1, 15.0), (path.PriceAt(8), Math.Round(path.BoundAt(8), 9), path.Best(8).Gained));
    }

    [Theory]
    [InlineData(0, 10, 1_000, 1)]
    [InlineData(3, 10, 0, 2)]
    [InlineData(.5, 10, 0, 0)]
    [InlineData(1.5, 10, 500, 1.5)]
    public void A_day_at_twice_the_pace_raises_the_price_by_one(double price, int candidates, double spent, double after) =>
        Assert.Equal(after, new BudgetPrice(price, 500, 10).After(candidates, spent), 12);

    [Fact]
    public void Without_a_pace_the_price_stays() => Assert.Equal(.7, new BudgetPrice(.7, 500, 0).After(10, 1_000));

    // 20,000 customers, a budget for a fifth of them: the price finds whom, against the exact optimum of whoever knew all beforehand.
    [Fact]
    public void The_paced_price_gains_nearly_what_the_best_plan_would_have()
    {
        var random = new Random(5);
        var customers = Enumerable.Range(0, 20_000).Select(i => (Cost: 200L, Gain: (long)(-Math.Log(1 - random.NextDouble()) * 500)))
            .ToArray();
        const long Budget = 20_000 / 5 * 200;
        var (price, spent, gained, perDay) = (0.0, 0L, 0.0, 200);
        for (var i = 0; i < customers.Length; i++)
        {
            var inputs =
                Decided.Inputs($"c{i}", effect: Decided.Effect(customers[i].Gain / 100.0)) with { Price = price, Spent = new Money(spent) };
            var policy = Decided.Policy(Decided.Action(2)) with { Budget = new PolicyBudget(new Money(Budget)) };
            var acted = DecisionRule.Decide(policy, inputs).Outcome == DecisionOutcome.Acted;
            (spent, gained) = acted ? (spent + 200, gained + customers[i].Gain - 200) : (spent, gained);
            var left = (customers.Length - i) / (double)perDay;
            price = new BudgetPrice(price, (Budget - spent) / left, perDay).After(1, acted ? 200 : 0);
        }

        var best = customers.Select(c => c.Gain - 200.0).OrderByDescending(g => g).Take((int)(Budget / 200)).Sum();
        Assert.InRange(spent, 0, Budget);
        Assert.True(gained > .95 * best, $"{gained} of {best}");
    }

    // What the service does with the offers of several policies: each is decided at the price, and the best that would act remains.
    private static (decimal Cost, decimal Gain)? Best(IEnumerable<(string Customer, decimal Cost, decimal Gain)> offers, double price) =>
        offers
            .Select(o => (Offer: o, Decision: DecisionRule.Decide(
                Decided.Policy(Decided.Action(o.Cost)),
                Decided.Inputs(o.Customer, effect: Decided.Effect((double)(o.Gain + o.Cost))) with { Price = price })))
            .Where(o => o.Decision.Outcome == DecisionOutcome.Acted)
            .OrderByDescending(o => o.Decision.Score)
            .Select(o => ((decimal, decimal)?)(o.Offer.Cost, o.Offer.Gain))
            .FirstOrDefault();
}
