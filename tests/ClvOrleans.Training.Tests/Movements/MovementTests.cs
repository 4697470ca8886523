using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Movements;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Movements;

/// <summary>
/// Where the true forecast is known, its movement is earned: the ratio is 1. Of beliefs that overreact it is more, and their increments
/// come back.
/// </summary>
public sealed class MovementTests
{
    private const int Customers = 4_000;
    private const int Days = 60;

    [Fact]
    public void The_truth_moves_as_much_as_it_learns_and_does_not_drift()
    {
        var truth = Of((rate, day) => 1 - Math.Pow(1 - rate, Days - day));

        Assert.InRange(truth.Excess!.Value, 1 - (4 * truth.Error!.Value), 1 + (4 * truth.Error.Value));
        Assert.InRange(truth.Error.Value, 0, .05);
        Assert.All(truth.Groups, g => Assert.InRange(g.DriftAfter, -4 * g.DriftError, 4 * g.DriftError));
    }

    [Fact]
    public void What_moves_for_nothing_has_excess_movement()
    {
        // The truth, moved to and fro every day.
        var nervous = Of((rate, day) => Math.Clamp(1 - Math.Pow(1 - rate, Days - day) + (day % 2 == 0 ? .05 : -.05), 0, 1));

        Assert.True(nervous.Excess > 1.3, $"{nervous.Excess}");
    }

    [Fact]
    public void What_learns_only_in_the_end_has_learned_nothing_too_much()
    {
        // All the movement of a belief that stays until the window is over is one step; that it missed its level shows as a drift.
        var late = Of((_, day) => day == Days ? 0 : .2);

        Assert.Contains(late.Groups, g => g.Cause == MovementCause.Silence && g.Drifts);
    }

    [Fact]
    public void A_group_tells_its_days_and_its_share()
    {
        var tally = new MovementTally();
        tally.Add([.5, .4, 1, 1], [MovementCause.Silence, MovementCause.Silence, MovementCause.Order, MovementCause.Silence], .25);
        var summary = tally.Finish();

        Assert.Equal((.01 + .36) / .25, summary.Excess!.Value, 1e-12);
        var order = Assert.Single(summary.Groups, g => g.Cause == MovementCause.Order);
        Assert.Equal((1, .36 / .37, 0), (order.Days, order.Share, order.DriftAfter));
        var silence = Assert.Single(summary.Groups, g => g.Cause == MovementCause.Silence);
        Assert.Equal(.5 / 2, silence.DriftAfter, 1e-12);
    }

    [Fact]
    public void Days_without_causes_are_refused() =>
        Assert.Throws<ArgumentException>(() => new MovementTally().Add([.5, .4], [MovementCause.Silence], .25));

    [Fact]
    public void A_model_is_followed_through_a_holdout_by_what_was_known_each_day()
    {
        var whole = Shop.Made(200).Until(330);
        var view = MovementTest.Run(whole, Shop.Day(300), ValueModels.Open(PriorModel.Version), 50, TestContext.Current.CancellationToken);

        Assert.Equal((50, "prior", Shop.Day(330)), (view.Customers, view.Model, view.Until));
        Assert.Equal(50 * 30, view.Value.Groups.Sum(g => g.Days));
        Assert.Equal(1, view.Purchase.Groups.Sum(g => g.Share), 1e-9);
    }

    // Customers with rates of their own that are known: a purchase on each day with that probability, which ends the wait for the first.
    private static MovementSummary Of(Func<double, int, double> belief)
    {
        var random = new Random(7);
        var tally = new MovementTally();
        for (var i = 0; i < Customers; i++)
        {
            var rate = .002 + (.02 * random.NextDouble());
            var (path, causes) = (new double[Days + 1], new MovementCause[Days + 1]);
            var hasBought = false;
            path[0] = belief(rate, 0);
            for (var day = 1; day <= Days; day++)
            {
                var buys = random.NextDouble() < rate;
                hasBought |= buys;
                causes[day] = buys ? MovementCause.Order : MovementCause.Silence;
                path[day] = hasBought ? 1 : day == Days ? 0 : belief(rate, day);
            }

            tally.Add(path, causes, path[0] * (1 - path[0]));
        }

        return tally.Finish();
    }
}
