using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.BuyTillYouDie;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class ModelTrainerTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);
    private static readonly DateOnly End = new(2024, 12, 31);
    private static readonly DateTimeOffset Now = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly MarketCalendar Sale = MarketCalendar.Empty
        .With(new MarketEntry("sale", MarketKind.Promotion, new(2024, 6, 1), new(2024, 7, 15)));

    [Fact]
    public void Every_family_is_fitted_to_the_same_customers_and_the_best_by_Schwarz_comes_first()
    {
        var versions = ModelTrainer.Train(Shop(1), End, Now, 3);
        Assert.Equal(LifetimeModels.Families.Except(["ggom-nbd"]).Order(), versions.Select(v => v.Family).Order());
        Assert.Equal(versions.OrderBy(v => v.Bic), versions);
        Assert.All(versions, v => Assert.Equal((v.Fitted.Length * v.Fitted.Length, 4), (v.Covariance.Length, v.StandardErrors!.Count)));
        Assert.All(versions, v => Assert.Equal($"{v.Family}-3", v.Id));
    }

    [Fact]
    public void Where_a_promotion_moved_purchases_a_model_that_follows_the_market_comes_first()
    {
        var versions = ModelTrainer.Train(Shop(4), End, Now, 1, Sale);
        Assert.Contains("-market-", versions[0].Id, StringComparison.Ordinal);
        Assert.Equal(Math.Log(4), versions[0].MarketEffects!.Promotion, .25);
        Assert.Equal(0, versions[0].MarketEffects!.Season);
        Assert.NotNull(new BuyTillYouDieModel(versions[0]));
    }

    [Fact]
    public void Where_a_promotion_moved_nothing_no_model_that_follows_the_market_is_preferred()
    {
        var versions = ModelTrainer.Train(Shop(1), End, Now, 1, Sale);
        var following = versions.First(v => v.MarketEffects is not null);
        Assert.True(following.Bic > versions.First(v => v.MarketEffects is null && v.Family == following.Family).Bic);
    }

    // Customers with rates of their own who drop out after one purchase in ten, and buy so many times as often during the sale.
    private static List<CustomerSummary> Shop(double lift)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, 600).Select(_ => new CustomerSummary { PurchaseDays = [.. Days(random, lift)] })];
    }

    private static IEnumerable<PurchaseDay> Days(Random random, double lift)
    {
        var rate = .05 * Math.Pow(random.NextDouble(), 2);
        var gone = false;
        for (var day = Start.AddDays(random.Next(90)); day <= End && !gone; day = day.AddDays(1))
        {
            yield return new PurchaseDay(day, 1, new Money(random.Next(1_000, 9_000)), new Money(random.Next(1_000, 9_000)), Money.Zero);
            gone = random.NextDouble() < .1;
            do
            {
                day = day.AddDays(1);
            }
            while (day <= End && random.NextDouble() > rate * (Sale.At(day).Promotion > 0 ? lift : 1));

            day = day.AddDays(-1);
        }
    }
}
