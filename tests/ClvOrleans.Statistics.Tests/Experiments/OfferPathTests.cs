using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>One price for a budget. The example was computed by hand.</summary>
public sealed class OfferPathTests
{
    private static readonly Offer[] Offers =
    [
        new("c1", 2, 6), new("c1", 4, 10), new("c2", 2, 1), new("c2", 4, 5), new("c3", 2, 2.6), new("c3", 4, 3),
    ];

    [Fact]
    public void Money_goes_where_it_gains_most()
    {
        var path = OfferPath.Of(Offers);
        Assert.Equal(
            [("c1", 2, 3), ("c1", 4, 2), ("c3", 2, 1.3), ("c2", 4, 1.25), ("c3", 4, .2)],
            path.Steps.Select(s => (s.Offer.Customer, s.Offer.Cost, Math.Round(s.Slope, 9))));
        Assert.Equal([(2, 6), (4, 10), (6, 12.6), (10, 17.6), (12, 18)], path.Steps.Select(s => (s.Spent, Math.Round(s.Gained, 9))));
    }

    [Fact]
    public void A_budget_has_a_price_a_bound_and_a_best_choice()
    {
        var best = OfferPath.Of(Offers).Best(8);
        Assert.Equal(15, best.Gained);
        Assert.Equal(8, best.Spent);
        Assert.Equal([new("c1", 4, 10), new("c2", 4, 5)], best.Offers);
        Assert.Equal(15.1, best.Bound, 1e-12);
        Assert.Equal(1.25, best.Price, 1e-12);
    }

    [Fact]
    public void A_budget_that_buys_all_has_no_price()
    {
        var all = OfferPath.Of(Offers).Best(12);
        Assert.Equal((18, 12, 18, 0), (Math.Round(all.Gained, 9), all.Spent, Math.Round(all.Bound, 9), all.Price));
        Assert.Empty(OfferPath.Of(Offers).Best(0).Offers);
        Assert.Equal(3, OfferPath.Of(Offers).Best(0).Price);
        Assert.Empty(OfferPath.Of([]).Best(10).Offers);
        Assert.Empty(OfferPath.Of([new("c", 1, 0), new("c", 2, -3)]).Best(10).Offers);
    }

    [Fact]
    public void The_best_choice_is_the_best_of_all_choices()
    {
        var random = new Random(9);
        for (var i = 0; i < 300; i++)
        {
            Offer[] offers = [.. Enumerable.Range(0, 12).Select(o => new Offer($"{o / 3}", random.Next(1, 12), random.Next(-2, 30)))];
            var budget = random.Next(0, 40);
            var best = OfferPath.Of(offers).Best(budget);
            Assert.Equal(Brute(offers, budget), best.Gained);
            Assert.True(best.Spent <= budget);
            Assert.True(best.Bound >= best.Gained - 1e-9);
            Assert.Equal(best.Offers.Length, best.Offers.Select(o => o.Customer).Distinct().Count());
        }

        static double Brute(Offer[] offers, double budget) => offers.Chunk(3)
            .Aggregate(
                new (double Cost, double Gain)[] { (0, 0) },
                (sums, of) => [.. sums, .. sums.SelectMany(s => of.Select(o => (s.Cost + o.Cost, s.Gain + o.Gain)))])
            .Where(s => s.Cost <= budget).Max(s => s.Gain);
    }

    // Balseiro, Lu and Mirrokni 2023: the regret of dual descent grows with the root of the number of customers.
    [Fact]
    public void A_paced_price_finds_nearly_what_the_whole_list_would_have_allowed()
    {
        const int Customers = 20_000;
        const double Budget = Customers * .5;
        var random = new Random(10);
        Offer[][] offers = [.. Enumerable.Range(0, Customers).Select(i => Draw($"{i}"))];
        var (price, left, gained) = (new PacedPrice(0, .5, .01), Budget, 0.0);
        var prices = new List<double>();
        for (var i = 0; i < Customers; i++)
        {
            var offer = offers[i].MaxBy(price.Score);
            var spent = price.Score(offer) > 0 && offer.Cost <= left ? offer.Cost : 0;
            (left, gained) = (left - spent, gained + (spent > 0 ? offer.Gain : 0));
            price = price.After(spent) with { Pace = left / Math.Max(1, Customers - i - 1) };
            prices.Add(price.Price);
        }

        var path = OfferPath.Of(offers.SelectMany(o => o));
        Assert.Equal(path.PriceAt(Budget), prices.Skip(Customers / 2).Average(), .05);
        Assert.InRange(gained / path.BoundAt(Budget), .98, 1);

        Offer[] Draw(string customer)
        {
            var gain = random.NextDouble() * 4;
            return [new(customer, 1, gain), new(customer, 2, gain * 1.6)];
        }
    }

    [Fact]
    public void An_offer_that_makes_no_sense_is_refused()
    {
        Assert.StartsWith(
            "An offer for 'c' costs 0 and gains 1; a cost is above 0, and both are finite.",
            Assert.Throws<ArgumentException>(() => OfferPath.Of([new("c", 0, 1)])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OfferPath.Of([new("c", 1, double.NaN)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferPath.Of(Offers).Best(-1));
    }
}
