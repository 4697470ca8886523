using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Tests.Explanations;

public sealed class PropagationTests
{
    /// <summary>x from 1 to 4 by 2, 1 and 0; x² from 1 to 16: a factor of 15 / 3.</summary>
    [Fact]
    public void Shares_of_a_change_become_shares_of_what_it_leads_to() => Assert.Equal([10, 5, 0], Rescaled([2, 1, 0], 15, 8));

    [Fact]
    public void A_function_that_does_not_move_leaves_nothing() => Assert.Equal([0, 0], Rescaled([2, 1], 0, 1));

    /// <summary>x stays at 3 as one input adds what the other takes: to x² they add and take six times as much.</summary>
    [Fact]
    public void Shares_that_cancel_are_taken_on_by_the_slope() => Assert.Equal([12, -12], Rescaled([2, -2], 0, 6));

    [Fact]
    public void Shares_that_cancel_but_for_rounding_make_no_great_numbers_of_it()
    {
        // .1 + .2 - .3 is 2^-54 and not nothing: by the quotient, a change of 1e-10 would be shares of a hundred thousand.
        var shares = Rescaled([.1, .2, -.3], 1e-10, 2);

        Assert.Equal([.2, .4, -.6], shares, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(1e-10, shares.Sum(), 1e-15);
    }

    [Fact]
    public void Nothing_leads_to_nothing_and_a_change_without_cause_is_refused()
    {
        Assert.Equal([0, 0], Rescaled([0, 0], 0, 5));
        Assert.Throws<ArgumentException>(() => Rescaled([0, 0], 1, 5));
    }

    /// <summary>By the two orders: (5 - 2)·10 and then 5·(30 - 10), or 2·(30 - 10) and then (5 - 2)·30; the means are 60 and 70.</summary>
    [Fact]
    public void The_factors_of_a_product_share_its_change()
    {
        Assert.Equal((60, 70), Propagation.OfProduct((2, 5), (10, 30)));
        Assert.Equal((0, 40), Propagation.OfProduct((2, 2), (10, 30)));
    }

    /// <summary>A sum, its exponential, and that times another: shares of each step add up to what moved.</summary>
    [Fact]
    public void Steps_one_after_the_other_add_up_to_the_whole()
    {
        double[] inner = [.5, -.2, .1];
        var (from, to) = (Math.Exp(1), Math.Exp(1.4));
        Propagation.Rescale(inner, to - from, to);
        var (byInner, byFactor) = Propagation.OfProduct((from, to), (3, 2));
        Propagation.Rescale(inner, byInner, (3 + 2) / 2.0);

        Assert.Equal((to * 2) - (from * 3), inner.Sum() + byFactor, 1e-14);
        Assert.Equal(-2.5, inner[0] / inner[1], 1e-14);
    }

    private static double[] Rescaled(double[] shares, double change, double slope)
    {
        Propagation.Rescale(shares, change, slope);
        return shares;
    }
}
