using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Statistics.Tests.Lifetime;

namespace ClvOrleans.Statistics.Tests.Fitting;

public sealed class IntervalTests
{
    private static readonly BetaGeometricNbd Bg = new(.8, 6, .8, 2.5);

    private static readonly FitOptions Asked = FitOptions.MaximumLikelihood with { Intervals = new IntervalOptions { Resamples = 60 } };

    [Fact]
    public void Delta_intervals_are_the_published_standard_errors_either_way_of_the_logarithm()
    {
        var report = LifetimeModels.Fit("bg-nbd", Cdnow.Histories, Asked).Report;
        double[] estimates = [.2425945, 4.4136019, .7929199, 2.4258881]; // CLVTools, test_correctness_bgnbd
        double[] errors = [.012557, .378221, .185719, .705345]; // lifetimes, docs/Quickstart.md
        for (var i = 0; i < 4; i++)
        {
            var relative = 1.959964 * errors[i] / estimates[i];
            Assert.Equal(estimates[i] * Math.Exp(-relative), report.Intervals[i].Delta.Lower, 2e-3 * estimates[i]);
            Assert.Equal(estimates[i] * Math.Exp(relative), report.Intervals[i].Delta.Upper, 2e-3 * estimates[i]);
        }

        // 2,357 customers: three methods, one answer but for the shape of the likelihood and the noise of 60 resamples.
        Assert.All(report.Intervals.Take(2), i =>
        {
            Assert.Equal(i.Delta.Lower, i.Profile.Lower, .02 * i.Delta.Lower);
            Assert.Equal(i.Delta.Upper, i.Profile.Upper, .02 * i.Delta.Upper);
            Assert.Equal(i.Delta.Lower, i.Bootstrap.Lower, .12 * i.Delta.Lower);
            Assert.Equal(i.Delta.Upper, i.Bootstrap.Upper, .12 * i.Delta.Upper);
        });
    }

    [Fact]
    public void At_an_end_of_the_profile_the_best_likelihood_lies_half_a_quantile_below_the_top()
    {
        var histories = SimulatedCustomers.Of(Bg, 400, 3);
        var report = LifetimeModels.Fit("bg-nbd", histories, Asked).Report;
        foreach (var end in new[] { report.Intervals[0].Profile.Lower, report.Intervals[0].Profile.Upper })
        {
            // By coordinates, without a derivative: r is held and the three others are climbed.
            Assert.Equal(report.LogLikelihood - (3.841459 / 2), Best(histories, end, [.. report.Parameters.Skip(1)]), 2e-3);
        }
    }

    [Fact]
    public void What_the_data_do_not_bound_has_no_end()
    {
        // Who buys twice has not been seen to leave: b may be as large as it likes.
        var histories = SimulatedCustomers.Of(new BetaGeometricNbd(.8, 6, .02, 3), 80, 5);
        var report = LifetimeModels.Fit("bg-nbd", histories, Asked with { PriorStrength = .05 }).Report;
        Assert.Contains(report.Intervals, i => double.IsPositiveInfinity(i.Profile.Upper) || i.Profile.Upper > 50 * i.Profile.Lower);
    }

    [Fact]
    public void Intervals_hold_the_truth_as_often_as_they_say()
    {
        var truth = new[] { Bg.R, Bg.Alpha, Bg.A, Bg.B };
        var (delta, profile, bootstrap, all) = (0, 0, 0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var histories = SimulatedCustomers.Of(Bg, 600, 1_000 + seed);
            var options = new FitOptions
            {
                PriorStrength = .01,
                Threads = 1,
                Intervals = new IntervalOptions { Level = .8, Resamples = 40, Seed = seed },
            };
            foreach (var (interval, value) in LifetimeModels.Fit("bg-nbd", histories, options).Report.Intervals.Zip(truth))
            {
                delta += Holds(interval.Delta, value);
                profile += Holds(interval.Profile, value);
                bootstrap += Holds(interval.Bootstrap, value);
                all++;
            }
        }

        // 240 answers, four a sample and dependent: two standard errors of 60 samples are .10.
        Assert.All(new[] { delta, profile, bootstrap }, hits => Assert.InRange(hits / (double)all, .70, .92));

        static int Holds(ParameterInterval i, double value) => i.Lower <= value && value <= i.Upper ? 1 : 0;
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads()
    {
        var histories = SimulatedCustomers.Of(Bg, 300, 3);
        var one = LifetimeModels.Fit("mbg-nbd", histories, Asked with { Threads = 1 }).Report.Intervals;
        Assert.Equal(one, LifetimeModels.Fit("mbg-nbd", histories.Reverse(), Asked with { Threads = 2 }).Report.Intervals);
        var other = Asked with { Intervals = new IntervalOptions { Resamples = 60, Seed = 2 } };
        Assert.NotEqual(one[0].Bootstrap, LifetimeModels.Fit("mbg-nbd", histories, other).Report.Intervals[0].Bootstrap);
    }

    [Fact]
    public void Intervals_of_spend_are_in_the_unit_of_the_data()
    {
        var report = SpendModels.Fit(Cdnow.Spends, Asked).Report;
        Assert.All(report.Intervals.Zip(report.Parameters), pair =>
        {
            Assert.InRange(pair.Second, pair.First.Delta.Lower, pair.First.Delta.Upper);
            Assert.InRange(pair.Second, pair.First.Profile.Lower, pair.First.Profile.Upper);
            Assert.InRange(pair.Second, pair.First.Bootstrap.Lower, pair.First.Bootstrap.Upper);
        });
    }

    private static double Best(IReadOnlyList<PurchaseHistory> histories, double r, double[] others)
    {
        var (at, value) = (others.Select(v => Math.Log(v)).ToArray(), double.NegativeInfinity);
        for (var step = .2; step > 1e-4; step /= 2)
        {
            for (var (moved, turns) = (true, 0); moved && turns < 200; turns++)
            {
                moved = false;
                foreach (var (i, sign) in new[] { (0, 1), (0, -1), (1, 1), (1, -1), (2, 1), (2, -1), (3, 1), (3, -1) })
                {
                    // The last direction moves a and b together, along the ridge.
                    double[] next = [.. at.Select((v, j) => j == i || (i == 3 && j > 0) ? v + (sign * step) : v)];
                    var model = new BetaGeometricNbd(r, Math.Exp(next[0]), Math.Exp(next[1]), Math.Exp(next[2]));
                    var found = histories.Sum(model.LogLikelihood);
                    (at, value, moved) = found > value ? (next, found, true) : (at, value, moved);
                }
            }
        }

        return value;
    }
}
