using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using Xunit;

namespace ClvOrleans.Valuation.Tests.Features;

public sealed class FeatureCatalogueTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    [Fact]
    public void Names_are_unique_every_group_is_there_and_every_feature_says_what_it_is()
    {
        Assert.All(FeatureCatalogue.All, f => Assert.Matches("^[A-Z].{5,}", f.Meaning));
        Assert.Equal(FeatureCatalogue.All.Length, FeatureCatalogue.All.Select(f => f.Meaning).Distinct().Count());
        Assert.Equal(FeatureCatalogue.All.Length, FeatureCatalogue.All.Select(f => f.Name).Distinct().Count());
        Assert.Equal(Enum.GetValues<FeatureGroup>(), FeatureCatalogue.All.Select(f => f.Group).Distinct());
        Assert.Throws<ArgumentException>(() => FeatureCatalogue.IndexOf("none"));
    }

    [Fact]
    public void Windows_gaps_and_recency_are_counted_in_days_back_from_the_day()
    {
        // Purchases on days 0, 10 and 40, seen on day 68: 28 days later the last one is just out of the last four weeks.
        var row = Row(Buyer((0, 1_000), (10, 2_000), (40, 6_000)), 68);

        (string Name, double Expected)[] expected =
        [
            ("purchaseDays", 3), ("tenure", 68), ("recency", 28), ("spend4w", 0), ("spend8w", 6_000), ("meanValue", 3_000), ("meanGap", 20),
            ("gapVariation", .5), ("lastGap", 30), ("longestGap", 30), ("overdue", 1.4), ("activeMonths", 2),
        ];
        Assert.All(expected, e => Assert.Equal(e.Expected, row[FeatureCatalogue.IndexOf(e.Name)]));
        Assert.Equal(6_000, Row(Buyer((0, 1_000), (10, 2_000), (40, 6_000)), 67)[FeatureCatalogue.IndexOf("spend4w")]);
    }

    [Fact]
    public void A_rate_fades_by_half_in_its_half_life()
    {
        // One repeat purchase four weeks ago is worth half, over the like-weighted weeks since the first.
        var row = Row(Buyer((0, 1_000), (28, 2_000)), 56);

        Assert.Equal(.5 / (4 / Math.Log(2) * (1 - Math.Pow(2, -63 / 28.0))), row[FeatureCatalogue.IndexOf("rateFading4w")], 1e-12);
    }

    [Fact]
    public void A_first_purchase_of_today_has_no_gaps_and_nothing_infinite()
    {
        var row = Row(Buyer((0, 0)), 0);

        Assert.True(double.IsNaN(row[FeatureCatalogue.IndexOf("meanGap")]));
        Assert.All(row, v => Assert.False(double.IsInfinity(v)));
    }

    [Fact]
    public void A_summary_that_reaches_beyond_the_day_is_refused() =>
        Assert.Throws<ArgumentException>(() => Row(Buyer((0, 1_000), (10, 1_000)), 9));

    private static double[] Row(CustomerSummary customer, int day)
    {
        var row = new double[FeatureCatalogue.All.Length];
        FeatureCatalogue.Write(
            new FeatureInput(
                customer, Start.AddDays(day), new Horizon(90), MarketCalendar.Empty.At(Start), new ValueForecast(1, 2, 2, .1, 3)), row);
        return row;
    }

    private static CustomerSummary Buyer(params (int Day, long Minor)[] purchases) => new()
    {
        PurchaseDays = [
            .. purchases.Select(p => new PurchaseDay(Start.AddDays(p.Day), 1, new Money(p.Minor), new Money(p.Minor), new Money(p.Minor)))
        ],
        FirstSeen = Start,
        LastSeen = Start.AddDays(purchases[^1].Day),
    };
}
