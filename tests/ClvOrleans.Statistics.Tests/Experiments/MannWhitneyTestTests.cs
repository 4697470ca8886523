using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>The rank test.</summary>
public sealed class MannWhitneyTestTests
{
    // Hollander and Wolfe 1973, 69f: permeability constants, the example of R's wilcox.test: W = 35, p-value = 0.1272 (greater).
    private static readonly double[] X = [.80, .83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, .73, 1.46];
    private static readonly double[] Y = [1.15, .88, .90, .74, 1.21];

    // The example of scipy.stats.mannwhitneyu: U = 17; p = 0.1111 exact, 0.11134688653314041 by the normal limit with continuity.
    private static readonly double[] Males = [19, 22, 16, 29, 24];
    private static readonly double[] Females = [20, 11, 17, 12];

    [Fact]
    public void Few_units_have_the_exact_p_value()
    {
        var greater = MannWhitneyTest.Compare(Y, X, Alternative.Greater);
        Assert.Equal((35, .7, true), (greater.U, greater.Superiority, greater.IsExact));
        Assert.Equal(.1272, greater.PValue, 5e-5);
        var both = MannWhitneyTest.Compare(Females, Males);
        Assert.Equal(17, both.U);
        Assert.Equal(1 / 9.0, both.PValue, 1e-12);
    }

    [Fact]
    public void Both_directions_share_what_is_as_extreme()
    {
        var (greater, less) = (MannWhitneyTest.Compare(Y, X, Alternative.Greater), MannWhitneyTest.Compare(Y, X, Alternative.Less));
        var reversed = MannWhitneyTest.Compare(X, Y, Alternative.Less);
        Assert.Equal(greater.PValue, reversed.PValue, 1e-12);
        Assert.Equal(50 - greater.U, reversed.U);
        Assert.Equal(2 * greater.PValue, MannWhitneyTest.Compare(Y, X).PValue, 1e-12);
        Assert.True(greater.PValue + less.PValue > 1); // U itself counts on both sides
    }

    [Fact]
    public void The_normal_limit_is_the_published_one()
    {
        var ranks = (double n, double m) => (Distance: 17 - (n * m / 2), Deviation: Math.Sqrt(n * m * (n + m + 1) / 12));
        var (distance, deviation) = ranks(5, 4);
        Assert.Equal(.11134688653314041, MannWhitneyTest.Normal(distance, deviation, Alternative.TwoSided), 1e-12);
    }

    // All 126 ways to give five of nine units the treatment, counted one by one.
    [Fact]
    public void Ties_are_counted_exactly()
    {
        double[] all = [0, 0, 0, 0, 2, 5, 5, 7, 9];
        foreach (int[] treated in new int[][] { [0, 4, 5, 7, 8], [0, 1, 2, 3, 4], [5, 1, 6, 2, 8] })
        {
            var u = U(treated);
            int[] masks = [.. Enumerable.Range(0, 512).Where(mask => int.PopCount(mask) == 5)];
            double[] us = [.. masks.Select(mask => U([.. Enumerable.Range(0, 9).Where(i => (mask >> i & 1) == 1)]))];
            Same(us.Count(other => other >= u) / 126.0, Alternative.Greater);
            Same(us.Count(other => other <= u) / 126.0, Alternative.Less);

            void Same(double p, Alternative alternative)
            {
                var effect = MannWhitneyTest.Compare([.. Others(treated)], [.. treated.Select(i => all[i])], alternative);
                Assert.Equal(u, effect.U);
                Assert.Equal(p, effect.PValue, 1e-12);
            }
        }

        double U(int[] treated) => treated.Sum(i => Others(treated).Sum(y => all[i] > y ? 1 : all[i] == y ? .5 : 0));

        IEnumerable<double> Others(int[] treated) => Enumerable.Range(0, 9).Except(treated).Select(i => all[i]);
    }

    [Fact]
    public void With_many_ties_the_normal_limit_has_its_level()
    {
        var random = new Random(2);
        var found = Enumerable.Range(0, 2_000).Count(_ => MannWhitneyTest.Compare(Draw(), Draw()).PValue < .05);
        Assert.InRange(found / 2_000.0, .035, .06);

        double[] Draw() => [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble() < .7 ? 0.0 : random.Next(1, 6))];
    }

    [Fact]
    public void The_exact_value_and_the_limit_meet_where_one_takes_over()
    {
        double[] control = [.. Enumerable.Range(0, 25).Select(i => i + .5)];
        double[] treated = [.. Enumerable.Range(0, 25).Select(i => i + 4.25)];
        var exact = MannWhitneyTest.Compare(control, treated);
        var limit = MannWhitneyTest.Normal(exact.U - 312.5, Math.Sqrt(625 * 51 / 12.0), Alternative.TwoSided);
        Assert.True(exact.IsExact);
        Assert.Equal(exact.PValue, limit, .002);
        Assert.False(MannWhitneyTest.Compare(control, [.. treated, 3]).IsExact);
    }

    [Fact]
    public void What_the_data_cannot_tell_is_said()
    {
        Refused("The control has no units.", [], [1]);
        Refused("The treated arm has no units.", [1], []);
        Refused("All outcomes are equal: there is nothing to rank.", [2, 2], [2, 2, 2]);
        Assert.Throws<ArgumentException>(() => MannWhitneyTest.Compare([1, double.NaN], [2, 3]));

        static void Refused(string reason, double[] control, double[] treated) =>
            Assert.Equal(reason, Assert.Throws<ExperimentException>(() => MannWhitneyTest.Compare(control, treated)).Message);
    }
}
