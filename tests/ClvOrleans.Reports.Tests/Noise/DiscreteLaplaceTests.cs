using System.Numerics;
using ClvOrleans.Reports.Noise;

namespace ClvOrleans.Reports.Tests.Noise;

/// <summary>The noise is the two-sided geometric distribution, drawn exactly.</summary>
public sealed class DiscreteLaplaceTests
{
    // Quantile .9999 of chi-square with 20 degrees of freedom.
    private const double Critical = 52.39;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(12, 5)]
    [InlineData(1, 3)]
    public void Draws_have_the_probabilities_that_they_should(int numerator, int denominator)
    {
        const int Draws = 40_000;
        var law = new DiscreteLaplace(numerator, denominator);
        var secret = new byte[32];
        secret[0] = (byte)numerator;
        var found = Enumerable.Range(0, Draws).CountBy(i => (long)law.Draw(new KeyedBits(secret, $"draw {i}"))).ToDictionary();

        // From -10 to 10, with what is beyond in the tails; cells that expect few are one.
        var cells = Enumerable.Range(-9, 19).Select(x => (Expected: Draws * law.MassOf(x), Found: found.GetValueOrDefault(x)))
            .Append((Expected: Draws * law.TailOf(10), Found: found.Where(f => f.Key >= 10).Sum(f => f.Value)))
            .Append((Expected: Draws * law.TailOf(10), Found: found.Where(f => f.Key <= -10).Sum(f => f.Value))).ToList();
        Assert.Equal(Draws, cells.Sum(c => c.Expected), 1e-6);
        var rare = cells.Where(c => c.Expected < 5).ToList();
        cells = [.. cells.Where(c => c.Expected >= 5), (Expected: rare.Sum(c => c.Expected), Found: rare.Sum(c => c.Found))];
        var distance = cells.Where(c => c.Expected > 0).Sum(c => (c.Found - c.Expected) * (c.Found - c.Expected) / c.Expected);
        Assert.True(distance < Critical, $"{distance}");
    }

    [Fact]
    public void No_answer_is_more_than_e_to_the_epsilon_times_as_likely_with_one_customer_more()
    {
        // One of four parts of epsilon 1.
        var law = DiscreteLaplace.Of(1, 1m, 4);
        for (var answer = -200L; answer <= 200; answer++)
        {
            var (of10, of11) = (law.MassOf(answer - 10), law.MassOf(answer - 11));
            Assert.InRange(of10 / of11, Math.Exp(-.25) - 1e-9, Math.Exp(.25) + 1e-9);
        }
    }

    [Fact]
    public void Of_money_neither_with_what_one_customer_counts_for_at_most()
    {
        var law = DiscreteLaplace.Of(50_000, .5m, 1);
        for (var answer = -300_000L; answer <= 300_000; answer += 997)
        {
            Assert.InRange(law.MassOf(answer) / law.MassOf(answer - 50_000), Math.Exp(-.5) - 1e-9, Math.Exp(.5) + 1e-9);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    public void The_least_number_is_reached_with_delta_and_the_one_before_with_more(double delta)
    {
        var law = DiscreteLaplace.Of(1, .25m, 2);
        var least = law.LeastOf(delta);
        Assert.InRange(law.TailOf(least), 0, delta);
        Assert.True(law.TailOf(least - 1) > delta);
    }

    [Fact]
    public void A_label_has_its_bits_and_another_has_others()
    {
        var secret = new byte[32];
        Assert.Equal(Bits(secret, "a"), Bits(secret, "a"));
        Assert.NotEqual(Bits(secret, "a"), Bits(secret, "b"));
        secret[31] = 1;
        Assert.NotEqual(Bits(new byte[32], "a"), Bits(secret, "a"));

        static BigInteger Bits(byte[] secret, string label) => new KeyedBits(secret, label).Below(BigInteger.One << 500);
    }

    [Fact]
    public void Numbers_below_a_bound_are_equally_likely()
    {
        var bits = new KeyedBits(new byte[32], "numbers");
        var found = Enumerable.Range(0, 60_000).CountBy(_ => (int)bits.Below(6)).ToDictionary();
        Assert.Equal([0, 1, 2, 3, 4, 5], found.Keys.Order());
        Assert.True(found.Values.Sum(f => (f - 10_000.0) * (f - 10_000.0) / 10_000) < 25.7); // Quantile .9999, 5 degrees of freedom.
    }
}
