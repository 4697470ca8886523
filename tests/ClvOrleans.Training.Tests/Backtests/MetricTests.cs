using ClvOrleans.Training.Validation.Metrics;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Worked by hand; and the measures of whole models on CDNOW are in <see cref="CdnowBaselineTests"/>.</summary>
public sealed class MetricTests
{
    private static readonly double[] Actual = [10, 0, 5, 5];

    [Fact]
    public void Gini_is_the_area_of_the_gain_over_that_of_the_true_order()
    {
        // True order: gains .5 .75 1 1, 2 * 3.25 / 4 - 1 = .625. Predicted 5, 10, 0, 5: gains .25 .75 .75 1, 2 * 2.75 / 4 - 1 = .375.
        Assert.Equal(.375 / .625, Ranking.NormalisedGini([3, 2, 4, 1], Actual)!.Value, 1e-12);
        Assert.Equal(1, Ranking.NormalisedGini([9, 1, 2, 3], Actual)!.Value, 1e-12);
        Assert.Null(Ranking.NormalisedGini([1, 2], [0, 0]));
    }

    [Fact]
    public void Ties_count_as_the_mean_of_all_orders_in_which_they_could_stand()
    {
        // 10 and 0 tie behind 5: gains .25 .75 .75 1 or .25 .25 .75 1; the mean area is that of .25 .5 .75 1.
        var one = Ranking.NormalisedGini([3, 2, 4, 1], Actual)!.Value;
        var other = Ranking.NormalisedGini([2, 3, 4, 1], Actual)!.Value;

        Assert.Equal((one + other) / 2, Ranking.NormalisedGini([2, 2, 4, 1], Actual)!.Value, 1e-12);
        Assert.Equal(Ranking.NormalisedGini([2, 2, 4, 1], Actual), Ranking.NormalisedGini([2, 2, 1, 4], [0, 10, 5, 5]));
        // All tie: gains .25 .5 .75 1, 2 * 2.5 / 4 - 1 = .25; with many customers that goes to 0.
        Assert.Equal(.25 / .625, Ranking.NormalisedGini([0, 0, 0, 0], Actual)!.Value, 1e-12);
    }

    [Fact]
    public void The_top_tenth_takes_a_part_of_those_who_tie_on_its_border()
    {
        double[] actual = [7, 3, .. new double[18]];

        Assert.Equal(1, Ranking.ShareOfTop([2, 1, .. new double[18]], actual, .1)!.Value, 1e-12);
        Assert.Equal(.7 + (.3 / 19), Ranking.ShareOfTop([2, .. new double[19]], actual, .1)!.Value, 1e-12);
        Assert.Equal(.1, Ranking.ShareOfTop(new double[20], actual, .1)!.Value, 1e-12);
    }

    [Fact]
    public void Spearman_correlates_mean_ranks()
    {
        // Ranks 1 2.5 2.5 4 and 2 1 3.5 3.5: Σ dx dy = 2.25, Σ dx² = Σ dy² = 4.5.
        Assert.Equal(2.25 / 4.5, Ranking.Spearman([1, 2, 2, 3], [4, 1, 6, 6])!.Value, 1e-12);
        Assert.Null(Ranking.Spearman([1, 1], [1, 2]));
    }

    [Fact]
    public void The_AUC_counts_pairs_and_half_of_a_tie()
    {
        // Pairs of one who bought (3, 1) and one who did not (1, 0): 3 > 1, 3 > 0, 1 = 1, 1 > 0.
        Assert.Equal(3.5 / 4, Ranking.Auc([3, 1, 1, 0], [true, true, false, false])!.Value, 1e-12);
        Assert.Null(Ranking.Auc([1, 2], [true, true]));
    }

    [Fact]
    public void Level_is_measured_by_sums_and_differences()
    {
        double[] predicted = [8, 2, 5, 9];

        Assert.Equal((24.0 / 20) - 1, LevelMetrics.Bias(predicted, Actual)!.Value, 1e-12);
        Assert.Equal((2 + 2 + 0 + 4) / 4.0, LevelMetrics.MeanAbsoluteError(predicted, Actual), 1e-12);
        Assert.Equal(Math.Sqrt((4 + 4 + 0 + 16) / 4.0), LevelMetrics.RootMeanSquaredError(predicted, Actual), 1e-12);
        Assert.Null(LevelMetrics.Bias(predicted, new double[4]));
    }

    [Fact]
    public void Deciles_are_cut_through_ties_in_equal_parts()
    {
        // 20 customers: two of prediction 3, six of 2 that hold 12, twelve of 1 that hold 24.
        double[] predicted = [3, 3, .. Enumerable.Repeat(2.0, 6), .. Enumerable.Repeat(1.0, 12)];
        double[] actual = [5, 1, 12, 0, 0, 0, 0, 0, 24, .. new double[11]];
        var deciles = LevelMetrics.Deciles(predicted, actual);

        Assert.Equal([.. Enumerable.Repeat(2.0, 10)], deciles.Select(d => d.Customers));
        Assert.Equal([6, 4, 4, 4, 4, 4, 4, 4, 4, 4], deciles.Select(d => d.Actual), new Near());
        // The first part has 6 for 6, three have 4 for 4, six have 2 for 4.
        Assert.Equal(6 * .5 / 10, LevelMetrics.DecileError(predicted, actual)!.Value, 1e-12);
    }

    [Fact]
    public void A_decile_in_which_nothing_was_bought_joins_the_next_higher_one()
    {
        double[] predicted = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

        // 2 + 1 join 3: 6 for 3; the rest is right. Eight parts.
        Assert.Equal(1.0 / 8, LevelMetrics.DecileError(predicted, [10, 9, 8, 7, 6, 5, 4, 3, 0, 0])!.Value, 1e-12);
        // 10 and 9 join 8: 27 for 8; the rest is right. Eight parts.
        Assert.Equal(19.0 / 8 / 8, LevelMetrics.DecileError(predicted, [0, 0, 8, 7, 6, 5, 4, 3, 2, 1])!.Value, 1e-12);
        Assert.Equal(1, LevelMetrics.DecileError(new double[10], predicted)!.Value, 1e-12);
        Assert.Null(LevelMetrics.DecileError(predicted, new double[10]));
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double value) => 0;
    }
}
