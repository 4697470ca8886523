using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Ensemble;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class RepurchaseFitTests
{
    [Fact]
    public void Where_the_score_knows_more_than_the_model_it_decides()
    {
        // The model says the same of all; the score is right three times in four.
        var scores = Enumerable.Range(0, 4_000).Select(i => i % 2 == 0 ? Math.E : 1 / Math.E).ToArray();
        var bought = scores.Select((s, i) => (s > 1) == (i % 8 < 6)).ToArray();
        var again = RepurchaseFit.Of([.. scores.Select(_ => .5)], scores, bought);

        // ln(3): the odds of 3 in 4, a logarithm of the score away from even; the prior draws a little to 0.
        Assert.Equal(Math.Log(3), again.OfScore, .02);
        Assert.Equal(.75, again.Of(.5, Math.E), .01);
    }

    [Fact]
    public void Where_the_score_knows_nothing_the_model_stays_as_it_is()
    {
        var p = Enumerable.Range(0, 4_000).Select(i => i % 2 == 0 ? .8 : .2).ToArray();
        var again = RepurchaseFit.Of(p, [.. p.Select((_, i) => i % 4 < 2 ? 2.0 : .5)], [.. p.Select((v, i) => i % 20 / 2 < 10 * v)]);

        Assert.Equal([0, 1, 0], new[] { again.Intercept, again.OfOdds, again.OfScore }, (a, b) => Math.Abs(a - b) < .01);
    }

    [Fact]
    public void The_level_is_that_of_the_model()
    {
        var (p, scores) = (new[] { .1, .4, .9, .3 }, new[] { .2, 3, 1.5, 0 });
        var again = new RepurchaseProbability(7, .8, .3).AtLevelOf(p, scores);

        Assert.Equal(p.Average(), p.Zip(scores, again.Of).Average(), 1e-9);
    }
}
