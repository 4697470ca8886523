using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Tests.Features;

public sealed class FeatureBinsTests
{
    private static readonly DateOnly Day = new(2026, 1, 31);

    [Fact]
    public void Distinct_values_are_cut_into_ten_equal_bins_and_equal_ones_into_fewer()
    {
        var many = FeatureBins.Of("x", [.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90], many.Edges);
        Assert.All(many.Counts, count => Assert.Equal(10, count));
        Assert.Equal((1, 100), (FeatureBins.Of("x", new double[100]).Counts.Length, FeatureBins.Of("x", new double[100]).Counts[0]));
    }

    [Fact]
    public void The_same_spread_has_index_zero_and_a_moved_one_that_of_the_formula()
    {
        var half = FeatureBins.Of("x", Share(.5, 100));
        Assert.Equal(0, half.Compare(Share(.5, 100)).Stability, 1e-12);

        // Half a buyer is added to each of two bins: p = 50.5/101 and q = 80.5/101, 20.5/101.
        var moved = half.Compare(Share(.2, 100));
        Assert.Equal((.30 * 100 / 101 * Math.Log(80.5 / 50.5)) + (.30 * 100 / 101 * Math.Log(50.5 / 20.5)), moved.Stability, 1e-12);
        Assert.True(moved.HasShifted);
    }

    [Fact]
    public void Of_few_buyers_more_is_allowed_than_of_many()
    {
        // Table of χ² with one degree of freedom: 10.828 is exceeded once in a thousand.
        Assert.Equal(10.828 * (2.0 / 20), FeatureBins.Of("x", Share(.5, 20)).Compare(Share(.5, 20)).Limit, 1e-3);
        Assert.Equal(.25, FeatureBins.Of("x", Share(.5, 10_000)).Compare(Share(.5, 10_000)).Limit);
    }

    [Fact]
    public void Samples_of_one_population_are_not_held_to_have_shifted_however_small_they_are()
    {
        var random = new Random(4);
        foreach (var size in (int[])[10, 30, 100, 1_000])
        {
            var bins = FeatureBins.Of("x", Sample(size));
            Assert.InRange(Enumerable.Range(0, 200).Count(_ => bins.Compare(Sample(size)).HasShifted), 0, 2);
        }

        double[] Sample(int size) => [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
    }

    [Fact]
    public void Purchases_after_the_day_are_not_seen()
    {
        CustomerSummary[] before = [.. Enumerable.Range(1, 50).Select(i => Buyer(Day.AddDays(-i)))];
        CustomerSummary[] after = [
            .. before.Select(c => c with { PurchaseDays = c.PurchaseDays.Add(Purchase(Day.AddDays(9))) }), Buyer(Day.AddDays(1))
        ];
        Assert.All(FeatureBins.Compare(FeatureBins.Of(before, Day), after, Day), f => Assert.Equal(0, f.Stability, 1e-12));
        Assert.Empty(FeatureBins.Of(before, Day.AddDays(-51)));

        // Forty more days of silence are seen.
        var later = FeatureBins.Compare(FeatureBins.Of(before, Day), before, Day.AddDays(40));
        Assert.Equal(["ageDays", "recencyDays"], later.Where(f => f.HasShifted).Select(f => f.Feature).Order(StringComparer.Ordinal));
    }

    private static double[] Share(double ofOnes, int count) => [.. Enumerable.Range(0, count).Select(i => i < ofOnes * count ? 1.0 : 0.0)];

    private static CustomerSummary Buyer(DateOnly day) => new() { PurchaseDays = [Purchase(day)] };

    private static PurchaseDay Purchase(DateOnly day) => new(day, 1, new Money(1_000), new Money(1_000), Money.Zero);
}
