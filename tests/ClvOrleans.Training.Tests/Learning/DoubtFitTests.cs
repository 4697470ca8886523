using ClvOrleans.Training.Learning;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class DoubtFitTests
{
    [Fact]
    public void Where_nobody_is_called_gone_one_in_twenty_is_doubted() =>
        Assert.Equal(.05, DoubtFit.Of([(.9, .8, .85, true), (.06, .05, .9, true)]).Share, 1e-12);

    [Fact]
    public void It_is_the_share_of_the_gone_who_bought_nevertheless_shrunk_by_five_living_buyers()
    {
        // 200 who would have bought with 80 % if alive; 10 did, where 2 were expected.
        var rows = Enumerable.Range(0, 200).Select(i => (0.0125, .01, .8, i < 10));

        Assert.Equal((.25 + 8) / (5 + (200 * .9875 * .8)), DoubtFit.Of(rows).Share, 1e-12);
    }

    [Fact]
    public void Fewer_purchases_than_expected_leave_a_doubt_that_fades_with_the_number_of_the_gone() => Assert.Equal(
        .25 / (5 + (10_000 * .8 * (1 - .0125))), DoubtFit.Of(Enumerable.Repeat((.0125, .01, .8, false), 10_000)).Share, 1e-12);
}
