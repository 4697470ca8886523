using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Means that are looked at again and again.</summary>
public sealed class MeanSequenceTests
{
    // GrowthBook, packages/stats (8f1db44569), tests/frequentist/test_tests.py, and ρ recomputed.
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        var sequence = new MeanSequence(ExpectedUnits: 1_000);
        var effect = sequence.Compare(
            Sample.OfSums(3_000, 1_396.87, 52_377.9767), Sample.OfSums(3_461, 2_422.7, 134_698.29), EffectScale.Relative);
        Assert.Equal(.0890851, sequence.Rho, 5e-8);
        Assert.Equal(.50336, effect.Estimate, 5e-6);
        Assert.Equal(-.55844, effect.Interval.Lower, 5e-6);
        Assert.Equal(1.56516, effect.Interval.Upper, 5e-6);
        Assert.Equal(1, effect.PValue);
    }

    [Fact]
    public void The_sequence_of_proportions_is_the_published_one()
    {
        var sequence = new MeanSequence(ExpectedUnits: 5_000);
        var effect = sequence.Compare(new Proportion(1_396, 3_000).Sample, new Proportion(2_422, 3_461).Sample, EffectScale.Relative);
        Assert.Equal(.0398401, sequence.Rho, 5e-8);
        Assert.Equal(.50386, effect.Estimate, 5e-6);
        Assert.Equal(.40098, effect.Interval.Lower, 5e-6);
        Assert.Equal(.60675, effect.Interval.Upper, 5e-6);
        Assert.True(effect.PValue < 1e-9);
    }

    [Fact]
    public void The_interval_excludes_zero_just_where_the_evidence_reaches_its_threshold()
    {
        var sequence = new MeanSequence(10_000);
        var half = sequence.Compare(new(5_000, 0, 1), new(5_000, 0, 1)).Interval.Upper;
        Assert.Equal(20, sequence.Compare(new(5_000, 0, 1), new(5_000, half, 1)).EValue, 1e-9);
    }

    [Fact]
    public void Nothing_is_said_while_an_arm_is_small()
    {
        var effect = new MeanSequence(1_000).Compare(new(99, 0, 1), new(5_000, 9, 1));
        Assert.Equal(9, effect.Estimate);
        Assert.Equal(new ConfidenceInterval(double.NegativeInfinity, double.PositiveInfinity), effect.Interval);
        Assert.Equal(1, effect.PValue);
        Assert.True(new MeanSequence(1_000).Compare(new(100, 0, 1), new(5_000, 9, 1)).PValue < .001);
    }

    // 2,000 streams without any effect, each looked at 100 times: at most 5 % and two standard errors are ever taken for one.
    [Theory]
    [InlineData("normal")]
    [InlineData("spend")]
    [InlineData("conversion")]
    public void Looking_a_hundred_times_finds_no_more_than_the_level_allows(string outcome)
    {
        const int Streams = 2_000;
        var sequence = new MeanSequence(ExpectedUnits: 5_000);
        var found = 0;
        for (var stream = 0; stream < Streams; stream++)
        {
            var random = new Random(stream);
            var (control, treated) = (default(Stream), default(Stream));
            for (var look = 0; look < 100; look++)
            {
                (control, treated) = (control.With(50, () => Draw(random)), treated.With(50, () => Draw(random)));
                if (look >= 1 && !sequence.Compare(control.Sample, treated.Sample).Interval.Contains(0))
                {
                    found++;
                    break;
                }
            }
        }

        Assert.InRange(found / (double)Streams, 0, .05 + (2 * Math.Sqrt(.05 * .95 / Streams)));

        double Draw(Random random) => outcome switch
        {
            "normal" => Normal(random),
            "conversion" => random.NextDouble() < .1 ? 1 : 0,
            _ => random.NextDouble() < .1 ? Math.Exp(3 + Normal(random)) : 0, // zero-inflated lognormal
        };
    }

    [Fact]
    public void An_effect_that_is_there_is_found_and_the_truth_is_kept()
    {
        var sequence = new MeanSequence(ExpectedUnits: 5_000);
        var (found, missed) = (0, 0);
        for (var stream = 0; stream < 200; stream++)
        {
            var random = new Random(stream);
            var (control, treated) = (default(Stream), default(Stream));
            var (decided, wrong) = (false, false);
            for (var look = 0; look < 100; look++)
            {
                (control, treated) = (control.With(50, () => Normal(random)), treated.With(50, () => Normal(random) + .15));
                var interval = sequence.Compare(control.Sample, treated.Sample).Interval;
                decided |= interval.Lower > 0;
                wrong |= !interval.Contains(.15);
            }

            (found, missed) = (found + (decided ? 1 : 0), missed + (wrong ? 1 : 0));
        }

        Assert.Equal(200, found);
        Assert.InRange(missed / 200.0, 0, .05 + (2 * Math.Sqrt(.05 * .95 / 200)));
    }

    [Fact]
    public void A_sequence_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanSequence(0).Compare(new(500, 0, 1), new(500, 0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanSequence(100, Alpha: 0).Compare(new(500, 0, 1), new(500, 0, 1)));
        Assert.Throws<ExperimentException>(() => new MeanSequence(100).Compare(new(500, 0, 0), new(500, 0, 0)));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private readonly record struct Stream(long Count, double Sum, double Squares)
    {
        public Sample Sample => Sample.OfSums(Count, Sum, Squares);

        public Stream With(int units, Func<double> draw)
        {
            var (sum, squares) = (Sum, Squares);
            for (var i = 0; i < units; i++)
            {
                var value = draw();
                (sum, squares) = (sum + value, squares + (value * value));
            }

            return new Stream(Count + units, sum, squares);
        }
    }
}
