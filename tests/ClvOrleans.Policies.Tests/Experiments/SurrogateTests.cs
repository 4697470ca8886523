using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>
/// An experiment read after two weeks for the margin of a year, on simulated customers. A customer has been silent for so many weeks, and
/// buys in a week with a probability that falls with the silence. A treatment raises that probability for two weeks, and so what follows:
/// the effect on the year is known exactly, by recursion over weeks and silence.
/// </summary>
public sealed class SurrogateTests
{
    private const int Window = 2;
    private const int Year = 52;
    private const int Longest = 30;
    private const double Margin = 20;
    private const double Lift = .15;
    private static readonly double[,] Expected = ExpectedPurchases();

    [Fact]
    public void The_fit_is_that_of_least_squares()
    {
        // y = 3 + 2 s + .5 p without error, at four corners; R: lm(y ~ s + p).
        CohortUnit[] corners = [new(0, 0, 3), new(1, 0, 5), new(0, 4, 5), new(1, 4, 7)];
        var surrogate = Surrogate.Fit([.. Enumerable.Repeat(corners, 100).SelectMany(c => c)]);
        Assert.Equal((3.0, 2.0, .5),
            (Math.Round(surrogate.Intercept, 9), Math.Round(surrogate.OfMargin, 9), Math.Round(surrogate.OfPrediction, 9)));
        Assert.Equal(1, surrogate.Explained, 9);
        Assert.Equal(0, surrogate.VarianceOf(1, 1), 9);
        Assert.Equal(9, surrogate.IndexOf(1, 8), 9);
    }

    [Fact]
    public void The_variance_of_the_slopes_is_that_of_repeated_cohorts()
    {
        var fits = Enumerable.Range(0, 300).Select(run =>
        {
            var random = new Random(run);
            return Surrogate.Fit([.. Enumerable.Range(0, 400).Select(_ =>
            {
                var (s, p) = (random.NextDouble(), random.NextDouble());
                return new CohortUnit(s, p, 1 + (2 * s) + (3 * p) + ((1 + (2 * s)) * Lab.Normal(random)));
            })]);
        }).ToArray();
        Assert.Equal(Sample.Of(fits.Select(f => f.OfMargin)).Variance, fits.Average(f => f.MarginVariance),
            .15 * fits[0].MarginVariance * 2);
        Assert.Equal(Sample.Of(fits.Select(f => f.OfMargin + f.OfPrediction)).Variance, fits.Average(f => f.VarianceOf(1, 1)),
            .3 * fits[0].VarianceOf(1, 1));
    }

    [Fact]
    public void Too_small_a_cohort_and_one_that_does_not_differ_are_refused_with_a_way_out()
    {
        var few = Assert.Throws<ExperimentException>(() => Surrogate.Fit([new(1, 2, 3)]));
        Assert.Contains("200 are needed", few.Message, StringComparison.Ordinal);
        var same = Assert.Throws<ExperimentException>(() => Surrogate.Fit([.. Enumerable.Repeat(new CohortUnit(1, 2, 3), 300)]));
        Assert.Contains("Choose the metric margin", same.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_weeks_tell_the_effect_on_a_year_without_bias_and_with_less_variance_than_the_year_itself()
    {
        var truth = TrueEffect();
        var surrogate = Surrogate.Fit(Cohort(20_000, new Random(1)));
        var runs = Enumerable.Range(0, 200).Select(run => Run(run, surrogate, stockpiles: false)).ToArray();
        var (index, waited) = (Sample.Of(runs.Select(r => r.Index)), Sample.Of(runs.Select(r => r.Waited)));

        Assert.InRange(truth, 23.9, 24); // 6 at once, 15 points of a purchase of 20 in each of two weeks, and what follows from them.
        Assert.InRange(index.Mean - truth, -3 * Math.Sqrt(index.Variance / 200), 3 * Math.Sqrt(index.Variance / 200));
        Assert.InRange(waited.Mean - truth, -3 * Math.Sqrt(waited.Variance / 200), 3 * Math.Sqrt(waited.Variance / 200));
        Assert.InRange(index.Variance / waited.Variance, 0, .5);
    }

    [Fact]
    public void The_level_of_a_model_that_predicts_too_much_is_set_right_by_the_complete_cohort()
    {
        var surrogate = Surrogate.Fit([.. Cohort(20_000, new Random(1)).Select(c => c with { Predicted = 1.6 * c.Predicted })]);
        var runs = Enumerable.Range(0, 200).Select(run => Run(run, surrogate, stockpiles: false, level: 1.6).Index).ToArray();
        var index = Sample.Of(runs);
        Assert.InRange(surrogate.OfPrediction, .55, .7);
        Assert.InRange(index.Mean - TrueEffect(), -3 * Math.Sqrt(index.Variance / 200), 3 * Math.Sqrt(index.Variance / 200));
    }

    [Fact]
    public void Purchases_that_are_only_moved_forward_look_like_a_gain()
    {
        var surrogate = Surrogate.Fit(Cohort(20_000, new Random(1)));
        var runs = Enumerable.Range(0, 200).Select(run => Run(run, surrogate, stockpiles: true)).ToArray();
        var (index, waited) = (runs.Average(r => r.Index), runs.Average(r => r.Waited));
        Assert.InRange(waited, double.NegativeInfinity, .5 * index);
        Assert.InRange(index / TrueEffect(), .9, 1.1);
    }

    // Both estimates of one experiment with 1,000 customers in each arm.
    private static (double Index, double Waited) Run(int run, Surrogate surrogate, bool stockpiles, double level = 1)
    {
        var random = new Random(1_000 + run);
        var (index, waited) = (new double[2], new double[2]);
        for (var i = 0; i < 2_000; i++)
        {
            var unit = Simulate(random, i % 2 == 1, stockpiles && i % 2 == 1);
            index[i % 2] += surrogate.IndexOf(unit.Margin, level * unit.Predicted) / 1_000;
            waited[i % 2] += unit.Complete / 1_000;
        }

        return (index[1] - index[0], waited[1] - waited[0]);
    }

    private static CohortUnit[] Cohort(int customers, Random random) =>
        [.. Enumerable.Range(0, customers).Select(_ => Simulate(random, false, false))];

    // Whoever stockpiles buys nothing for six weeks after a purchase of the window.
    private static CohortUnit Simulate(Random random, bool isTreated, bool stockpiles)
    {
        var silence = random.Next(Longest);
        var (ofWindow, all, full, predicted) = (0, 0, 0, 0.0);
        for (var week = 0; week < Year; week++)
        {
            var buys = random.NextDouble() < Chance(silence) + (isTreated && week < Window ? Lift : 0) && full == 0;
            (silence, all) = buys ? (0, all + 1) : (Math.Min(silence + 1, Longest), all);
            full = buys && stockpiles && week < Window ? 6 : Math.Max(0, full - 1);
            if (week == Window - 1)
            {
                (ofWindow, predicted) = (all, Margin * Expected[Year - Window, silence]);
            }
        }

        return new CohortUnit(Margin * ofWindow, predicted, Margin * all);
    }

    private static double TrueEffect() => Enumerable.Range(0, Longest).Average(s => With(s, Lift) - With(s, 0));

    private static double With(int silence, double lift) => Margin * Ahead(silence, Window, lift);

    private static double Ahead(int silence, int weeks, double lift)
    {
        if (weeks == 0)
        {
            return Expected[Year - Window, silence];
        }

        var chance = Chance(silence) + lift;
        return (chance * (1 + Ahead(0, weeks - 1, lift))) + ((1 - chance) * Ahead(Math.Min(silence + 1, Longest), weeks - 1, lift));
    }

    private static double Chance(int silence) => .25 * Math.Exp(-.15 * silence);

    private static double[,] ExpectedPurchases()
    {
        var expected = new double[Year + 1, Longest + 1];
        for (var weeks = 1; weeks <= Year; weeks++)
        {
            for (var silence = 0; silence <= Longest; silence++)
            {
                var chance = Chance(silence);
                expected[weeks, silence] = (chance * (1 + expected[weeks - 1, 0]))
                    + ((1 - chance) * expected[weeks - 1, Math.Min(silence + 1, Longest)]);
            }
        }

        return expected;
    }
}
