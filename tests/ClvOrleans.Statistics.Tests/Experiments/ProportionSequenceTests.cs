using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Proportions that are looked at again and again, from the first unit on.</summary>
public sealed class ProportionSequenceTests
{
    private static readonly ProportionSequence Sequence = new(1, 1);

    // With a uniform mixture the martingale is 1 / ((n + 1) C(n, s) p^s (1 - p)^(n - s)): for no success in 10 units, (1 - p)^10 = α / 11.
    [Fact]
    public void Rates_without_a_success_have_a_bound_in_closed_form()
    {
        var interval = Sequence.Rate(new(0, 10));
        Assert.Equal(0, interval.Lower);
        Assert.Equal(1 - Math.Pow(.05 / 11, .1), interval.Upper, 1e-12);
        Assert.Equal(1 - interval.Upper, Sequence.Rate(new(10, 10)).Lower, 1e-12);
    }

    [Fact]
    public void Both_bounds_of_a_rate_are_where_the_martingale_reaches_its_threshold()
    {
        var interval = Sequence.Rate(new(30, 100));
        foreach (var p in new[] { interval.Lower, interval.Upper })
        {
            var likelihood = (30 * Math.Log(p)) + (70 * Math.Log(1 - p));
            var choose = Enumerable.Range(1, 30).Sum(i => Math.Log((70.0 + i) / i));
            Assert.Equal(Math.Log(20), -Math.Log(101) - choose - likelihood, 1e-9);
        }
    }

    // Without an effect in 1 of 1 and 0 of 1: the best common rate is a half, and the mixture ½ × ½ over the likelihood ½ × ½ is 1.
    [Fact]
    public void The_evidence_of_two_units_is_computed_by_hand()
    {
        var effect = Sequence.Compare(new(0, 1), new(1, 1));
        Assert.Equal(1, effect.Estimate);
        Assert.Equal(1, effect.EValue, 1e-12);
        Assert.True(effect.Interval.Contains(0));
    }

    // 1 of 2 in both arms: the best pair with a difference d has the likelihood ((1 - d²) / 4)², and the mixture is 1/36.
    [Fact]
    public void The_bounds_of_four_units_are_computed_by_hand()
    {
        var effect = Sequence.Compare(new(1, 2), new(1, 2));
        Assert.Equal(Math.Sqrt(1 - (4 * Math.Sqrt(.05) / 6)), effect.Interval.Upper, 1e-12);
        Assert.Equal(-effect.Interval.Upper, effect.Interval.Lower, 1e-12);
        Assert.Equal(16 / 36.0, effect.EValue, 1e-12);
        Assert.Equal(1, effect.PValue);
    }

    [Fact]
    public void The_difference_has_bounds_where_no_pair_of_rates_is_left()
    {
        var (control, treated) = (new Proportion(20, 200), new Proportion(60, 220));
        var effect = new ProportionSequence().Compare(control, treated);
        Assert.True(effect.Interval.Lower > 0);
        Assert.True(effect.PValue < .05);
        var (c, t) = (new ProportionSequence(Alpha: .025).Rate(control), new ProportionSequence(Alpha: .025).Rate(treated));
        Assert.True(effect.Interval.Lower > t.Lower - c.Upper && effect.Interval.Upper < t.Upper - c.Lower); // tighter than two intervals
        var mirrored = new ProportionSequence().Compare(treated, control);
        Assert.Equal(-effect.Interval.Lower, mirrored.Interval.Upper, 1e-9);
        Assert.Equal(effect.EValue, mirrored.EValue, 1e-6 * effect.EValue);
    }

    // 2,000 streams without any effect, each looked at 100 times, from the fifth unit of an arm on.
    [Theory]
    [InlineData(.02)]
    [InlineData(.3)]
    public void Looking_a_hundred_times_finds_no_more_than_the_level_allows(double rate)
    {
        const int Streams = 2_000;
        var sequence = new ProportionSequence();
        var (found, missed) = (0, 0);
        for (var stream = 0; stream < Streams; stream++)
        {
            var random = new Random(stream);
            var (control, treated) = (new Proportion(0, 0), new Proportion(0, 0));
            var (effect, miss) = (false, false);
            for (var look = 0; look < 100; look++)
            {
                (control, treated) = (More(control, random), More(treated, random));
                effect |= sequence.EValue(control, treated) > 20;
                miss |= !sequence.Rate(control).Contains(rate);
            }

            (found, missed) = (found + (effect ? 1 : 0), missed + (miss ? 1 : 0));
        }

        var most = .05 + (2 * Math.Sqrt(.05 * .95 / Streams));
        Assert.InRange(found / (double)Streams, 0, most);
        Assert.InRange(missed / (double)Streams, 0, most);

        Proportion More(Proportion arm, Random random) =>
            new(arm.Successes + Enumerable.Range(0, 5).Count(_ => random.NextDouble() < rate), arm.Trials + 5);
    }

    [Fact]
    public void What_the_data_cannot_tell_is_said()
    {
        Assert.Equal("The arm has no units.", Assert.Throws<ExperimentException>(() => Sequence.Rate(default)).Message);
        Assert.Equal("The control has no units.", Assert.Throws<ExperimentException>(() => Sequence.Compare(default, new(1, 2))).Message);
        Assert.Throws<ArgumentException>(() => Sequence.Compare(new(3, 2), new(1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProportionSequence(0, 1).Rate(new(1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProportionSequence(1, 1, 1).Rate(new(1, 2)));
    }
}
