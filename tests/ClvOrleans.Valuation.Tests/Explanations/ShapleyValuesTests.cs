using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Tests.Explanations;

public sealed class ShapleyValuesTests
{
    /// <summary>The glove game: one left glove and two right ones, a pair is worth 1. By hand 2/3, 1/6, 1/6 (6 orders).</summary>
    [Fact]
    public void The_owner_of_the_only_left_glove_gets_two_thirds_of_a_pair()
    {
        var shares = ShapleyValues.Of(3, set => (set & 1) != 0 && (set & 6) != 0 ? 1 : 0);
        Assert.Equal([2 / 3.0, 1 / 6.0, 1 / 6.0], shares.Select(s => Math.Round(s, 15)), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    /// <summary>The airport game (Littlechild and Owen 1973): runways of cost 1, 2, 4 give 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2.</summary>
    [Fact]
    public void Who_needs_a_longer_runway_pays_for_the_longer_part()
    {
        var shares = ShapleyValues.Of(3, set => (set & 4) != 0 ? 4 : (set & 2) != 0 ? 2 : (set & 1) != 0 ? 1 : 0);
        Assert.Equal([1 / 3.0, 5 / 6.0, 17 / 6.0], shares, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Who_never_changes_anything_gets_exactly_nothing()
    {
        var shares = ShapleyValues.Of(6, set => Math.Exp(System.Numerics.BitOperations.PopCount((uint)set & 0b110111u) * .7));
        Assert.Equal(0, shares[3]);
        Assert.All(shares.Where((_, i) => i != 3), s => Assert.Equal(shares[0], s, 1e-12));
    }

    [Fact]
    public void Nobody_shares_nothing_and_too_many_are_refused()
    {
        Assert.Empty(ShapleyValues.Of(0, _ => 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapleyValues.Of(13, _ => 0));
    }
}
