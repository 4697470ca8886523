using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Several comparisons at once.</summary>
public sealed class MultiplicityTests
{
    // Benjamini and Hochberg 1995, section 4.1: fifteen comparisons of two treatments of myocardial infarction.
    private static readonly double[] Published =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

    [Fact]
    public void The_published_comparisons_have_four_findings_by_one_and_three_by_the_other()
    {
        Assert.Equal(4, Multiplicity.BenjaminiHochberg(Published).Count(p => p <= .05));
        Assert.Equal(3, Multiplicity.Holm(Published).Count(p => p <= .05));
    }

    // R: p.adjust(c(.01, .02, .03, .04, .05), "holm" and "BH"), here in another order.
    [Fact]
    public void Adjusted_values_come_in_the_order_given()
    {
        Same([.09, .05, .09, .08, .09], Multiplicity.Holm([.03, .01, .05, .02, .04]));
        Same([.05, .05, .05, .05, .05], Multiplicity.BenjaminiHochberg([.03, .01, .05, .02, .04]));
        Same([1, 1], Multiplicity.Holm([.8, .9]));
        Assert.Empty(Multiplicity.Holm([]));

        static void Same(double[] expected, IEnumerable<double> actual) =>
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Multiplicity.Holm([.5, 1.5]));
        Assert.Throws<ArgumentException>(() => Multiplicity.BenjaminiHochberg([double.NaN]));
    }

    [Fact]
    public void Twenty_segments_without_an_effect_have_hardly_ever_a_finding()
    {
        var random = new Random(6);
        var (alone, together) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            var effects = SegmentEffects.Of(Enumerable.Range(0, 20).Select(s => new SegmentArms($"{s}", Draw(), Draw())));
            alone += effects.Segments.Any(s => s.Effect.PValue < .05) ? 1 : 0;
            together += effects.Segments.Any(s => s.Holm < .05) ? 1 : 0;
        }

        Assert.InRange(alone / 500.0, .5, .75); // 1 - .95^20 = .64
        Assert.InRange(together / 500.0, .02, .075);

        Sample Draw() => Sample.Of(Enumerable.Range(0, 60).Select(_ => random.NextDouble()));
    }

    [Fact]
    public void Effects_that_differ_are_told_from_effects_that_do_not()
    {
        var (none, some) = (new Sample(1_000, 10, 100), new Sample(1_000, 12, 100));
        var same = SegmentEffects.Of([new("a", none, some), new("b", none, some)]);
        Assert.Equal(0, same.Heterogeneity, 1e-12);
        Assert.Equal(1, same.HeterogeneityPValue, 1e-9);
        var differ = SegmentEffects.Of([new("a", none, some), new("b", some, none)]);
        Assert.Equal(40, differ.Heterogeneity, 1e-9); // effects of ±2, each with a variance of .2
        Assert.True(differ.HeterogeneityPValue < 1e-9);
    }

    [Fact]
    public void A_segment_of_which_nothing_can_be_told_is_left_out_with_the_reason()
    {
        var effects = SegmentEffects.Of(
        [
            new("empty", default, new(10, 1, 1)),
            new("full", new(10, 1, 1), new(10, 2, 1)),
            new("still", new(5, 0, 0), new(5, 0, 0)),
        ]);
        Assert.Equal("full", Assert.Single(effects.Segments).Segment);
        Assert.Equal(effects.Segments[0].Effect.PValue, effects.Segments[0].Holm);
        Assert.Equal(
            [
                ("empty", "The control has 0 units; at least 2 are needed."),
                ("still", "Neither arm varies: no error can be told from these data. Wait for outcomes that differ."),
            ],
            effects.Omitted);
        Assert.Empty(SegmentEffects.Of([]).Segments);
    }
}
