using ClvOrleans.Training.Intervals;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Xunit;

namespace ClvOrleans.Training.Tests.Intervals;

public sealed class ShapeFitTests
{
    /// <summary>
    /// The promise of conformal prediction: of customers as those of past windows, one in ten is above the interval in each group, and none
    /// below it where nothing comes too often for that; whatever the true distribution is, and whatever the levels of the windows were.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_every_group_one_in_ten_is_above_the_interval_of_eighty_percent(int seed)
    {
        var random = new MersenneTwister(seed);
        double[] levels = [.6, 1, 1.7];
        var shape = ShapeFit.Of(Enumerable.Range(0, 30_000).Select(i => Draw(random, i % 3, levels[i % 3])), 90)!;
        Assert.Equal((12, 3, 90), (shape.Groups.Length, shape.Windows, shape.Days));

        // As many as are in a calibration: 40,000 new ones, at the level that was predicted.
        var fresh = Enumerable.Range(0, 40_000).Select(_ => Draw(random, 0, 1)).ToArray();
        var level = fresh.Sum(r => r.Came) / fresh.Sum(r => r.Expected);
        var judged = fresh.Select(r => r with { Expected = r.Expected * level })
            .Select(
                r =>
                    (Row: r, Group: shape.GroupOf(r.Repeats, r.None), Of: new ValueDistribution(
                        r.Expected, r.Repeats, r.None, shape, LevelDraws.Known)))
            .GroupBy(r => r.Group).ToArray();
        Assert.Equal(12, judged.Length);
        Assert.All(judged, group =>
        {
            var above = group.Count(r => r.Row.Came > r.Of.Quantile(.9)) / (double)group.Count();
            Assert.InRange(above, .1 - (4 * .3 / Math.Sqrt(group.Count())) - .01, .1 + (4 * .3 / Math.Sqrt(group.Count())) + .01);
            var below = group.Where(r => r.Of.None < .09).ToArray();
            if (below.Length > 500)
            {
                Assert.InRange(below.Count(r => r.Row.Came < r.Of.Quantile(.1)) / (double)below.Length, .06, .14);
            }
        });
    }

    [Fact]
    public void A_windows_level_and_season_are_no_part_of_the_shape()
    {
        var random = new MersenneTwister(5);
        var rows = Enumerable.Range(0, 6_000).Select(i => Draw(random, i % 2, 1)).ToArray();
        var shape = ShapeFit.Of(rows, 90)!;
        var scaled =
            ShapeFit.Of(rows.Select(r => r.Window == 0 ? r with { Came = r.Came * 8 } : r with { Expected = r.Expected / 4 }), 90)!;
        Assert.Equal(shape.Groups.Length, scaled.Groups.Length);
        for (var g = 0; g < shape.Groups.Length; g++)
        {
            Assert.Equal(shape.Groups[g].Hazard, scaled.Groups[g].Hazard, 9);
            Assert.Equal(shape.Groups[g].LogRatios[20], scaled.Groups[g].LogRatios[20], 9);
        }
    }

    [Fact]
    public void Thin_groups_are_merged_and_of_fewer_than_two_hundred_there_is_no_shape()
    {
        var random = new MersenneTwister(6);
        var rows = Enumerable.Range(0, 2_000).Select(_ => Draw(random, 0, 1) with { Repeats = 0 }).ToList();
        rows.AddRange(Enumerable.Range(0, ShapeFit.LeastRows - 1).Select(_ => Draw(random, 0, 1) with { Repeats = 3 }));
        Assert.All(ShapeFit.Of(rows, 90)!.Groups, g => Assert.Equal(0, g.LeastRepeats));
        rows.Add(Draw(random, 0, 1) with { Repeats = 9 });
        Assert.Equal([0, 2], ShapeFit.Of(rows, 90)!.Groups.Select(g => g.LeastRepeats).Distinct());

        Assert.Null(ShapeFit.Of(rows.Take(ShapeFit.LeastRows - 1), 90));
        Assert.Single(ShapeFit.Of(rows.Take(ShapeFit.LeastRows), 90)!.Groups);
        Assert.Null(ShapeFit.Of(rows.Select(r => r with { Came = 0 }), 90));
        Assert.Null(ShapeFit.Of([], 90));
    }

    [Fact]
    public void One_value_beyond_all_others_does_not_decide_how_widely_totals_are_spread()
    {
        var random = new MersenneTwister(7);
        var rows = Enumerable.Range(0, 3_000).Select(_ => Draw(random, 0, 1) with { Repeats = 0 }).ToArray();
        var first = Array.FindIndex(rows, r => r.Came > 0);
        var usual = ShapeFit.Of(rows, 90)!.Groups.Max(g => g.MeanSquare);
        rows[first] = rows[first] with { Expected = rows[first].Expected / 1e5 };
        Assert.InRange(ShapeFit.Of(rows, 90)!.Groups.Max(g => g.MeanSquare), usual / 1.2, usual * 1.2);
    }

    // Ratios are of no family that is known to the fit: gamma, of a shape that grows with the repeats.
    private static ShapeRow Draw(MersenneTwister random, int window, double level)
    {
        var repeats = random.Next(6);
        var none = Math.Pow(.02 + (.95 * random.NextDouble()), .5 + (repeats / 2.0));
        var expected = Math.Exp(Normal.Sample(random, 3, 1));
        var nothing = Math.Pow(none, level);
        var ratio = Gamma.Sample(random, 1 + repeats, 1 + repeats);
        return new ShapeRow(window, repeats, expected, none, random.NextDouble() < nothing ? 0 : level * expected / (1 - nothing) * ratio);
    }
}
