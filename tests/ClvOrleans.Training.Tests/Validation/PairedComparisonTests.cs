using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Validation;
using ClvOrleans.Training.Validation.Metrics;
using Xunit;

namespace ClvOrleans.Training.Tests.Validation;

public sealed class PairedComparisonTests
{
    private const int Customers = 400;
    private static readonly CustomerId[] Ids =
        [.. Enumerable.Range(0, Customers).Select(i => CustomerId.OfUser(new StoreId("shop"), $"c{i}"))];

    [Fact]
    public void The_gain_is_the_difference_of_Gini_and_Spearman()
    {
        var (a, b, actual) = (Drawn(1, 1), Drawn(2, 1), Drawn(3, 1));
        var comparison = new PairedComparison();
        comparison.Add(Ids, a, b, actual);

        var expected = Ranking.NormalisedGini(a, actual) - Ranking.NormalisedGini(b, actual) + Ranking.Spearman(a, actual)
            - Ranking.Spearman(b, actual);
        Assert.Equal(expected!.Value, comparison.Gain, 1e-9);
    }

    [Fact]
    public void Its_error_is_the_spread_over_stores_drawn_anew()
    {
        // Two models that each see the truth through noise of their own: the standard deviation of the gain over 300 stores is the error
        // that one store tells of itself.
        var gains = new List<double>();
        var errors = new List<double>();
        var random = new Random(1);
        for (var store = 0; store < 300; store++)
        {
            var truth = Drawn(random, 1);
            var comparison = new PairedComparison();
            comparison.Add(Ids, Seen(truth, random), Seen(truth, random), Seen(truth, random));
            gains.Add(comparison.Gain);
            errors.Add(comparison.Error);
        }

        var mean = gains.Average();
        Assert.InRange(mean, -.01, .01);
        Assert.InRange(errors.Average() / Math.Sqrt(gains.Average(g => (g - mean) * (g - mean))), .8, 1.25);
    }

    [Fact]
    public void The_same_customers_in_two_windows_are_not_twice_as_many()
    {
        var (a, b, actual) = (Drawn(1, 1), Drawn(2, 1), Drawn(3, 1));
        var (once, twice) = (new PairedComparison(), new PairedComparison());
        once.Add(Ids, a, b, actual);
        twice.Add(Ids, a, b, actual);
        twice.Add(Ids, a, b, actual);

        Assert.Equal(once.Gain, twice.Gain, 1e-12);
        Assert.Equal(once.Error, twice.Error, 1e-12);
    }

    [Fact]
    public void A_better_ranking_wins_unless_its_total_is_further_off_than_the_total_is_uncertain()
    {
        var actual = Drawn(3, 1);
        var (good, bad) = (Seen(actual, 4), Drawn(5, 1));
        Assert.True(Of(good, bad).IsWon);
        Assert.False(Of(bad, good).IsWon);
        Assert.False(Of(good, good).IsWon);
        Assert.False(Of([.. good.Select(v => 1.5 * v)], bad).IsWon);

        PairedComparison Of(double[] challenger, double[] simpler)
        {
            var comparison = new PairedComparison();
            comparison.Add(Ids, Scaled(challenger), Scaled(simpler), actual);
            return comparison;

            // Only what was scaled on purpose is off.
            double[] Scaled(double[] said) => ReferenceEquals(said, good) || ReferenceEquals(said, bad)
                ? [.. said.Select(v => v * actual.Sum() / said.Sum())]
                : [.. said.Select(v => v * actual.Sum() / good.Sum())];
        }
    }

    [Fact]
    public void Without_a_window_in_which_somebody_bought_nothing_is_won()
    {
        var comparison = new PairedComparison();
        comparison.Add(Ids, Drawn(1, 1), Drawn(2, 1), new double[Customers]);

        Assert.False(comparison.IsWon);
        Assert.Equal(0, comparison.Windows);
    }

    private static double[] Drawn(int seed, double spread) => Drawn(new Random(seed), spread);

    private static double[] Drawn(Random random, double spread) =>
        [.. Enumerable.Range(0, Customers).Select(_ => Math.Exp(spread * Normal(random)))];

    private static double[] Seen(double[] truth, int seed) => Seen(truth, new Random(seed));

    private static double[] Seen(double[] truth, Random random) => [.. truth.Select(v => v * Math.Exp(Normal(random)))];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
