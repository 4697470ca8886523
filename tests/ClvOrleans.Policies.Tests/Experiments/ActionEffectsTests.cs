using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>
/// The actions of a policy with several, on simulated customers whose true effects are known. The first action makes more of them buy at
/// once, and who buys leaves the policy: those who reach the second one are others than those who would have reached it without the first.
/// </summary>
public sealed class ActionEffectsTests
{
    private const int Runs = 200;
    private const double Holdout = .2;

    // Half of the customers are keen, which nothing shows: they buy at once with .5, after the first action with .9; the others with .1. It
    // is worth 10, and 5 later. Of those who did not buy the keen bring 8 later and the others nothing; the second action adds 3 to either.
    // So the first one alone moves .4 of one half from 8 to 15, and half of all who got it go on to the second.
    private const double First = .5 * .4 * (15 - 8);
    private const double Second = 3;
    private const double FirstWithSecond = First + (.5 * (1 - Holdout) * Second);

    private static readonly Policy Flow = Decided.Policy() with
    {
        Steps =
            [new ActStep(Decided.Action(gain: 1)), new WaitStep(TimeSpan.FromDays(5)),
                new ActStep(Decided.Action(gain: 1) with { Topic = "again" })],
    };

    [Fact]
    public void The_effects_of_both_actions_are_recovered_within_their_intervals_in_200_runs()
    {
        var readings = Enumerable.Range(0, Runs).Select(seed => Read(Flow, Customers(seed, 2_000)).Actions).ToArray();
        Assert.All(readings, r => Assert.Equal(["0 email/win-back", "2 email/again"], r.Select(a => a.Action)));
        Assert.All(readings, r => Assert.All(r, a => Assert.Null(a.Problem)));

        // The intervals are of 95 %: each of three has at least that in 200 runs less three standard errors, 3 √(.95 · .05 / 200) = 4.6 %.
        Assert.InRange(Covered(readings, r => r[0].Margin!.Interval.Contains(First)), .904, 1);
        Assert.InRange(Covered(readings, r => r[1].Margin!.Interval.Contains(Second)), .904, 1);
        Assert.InRange(Covered(readings, r => r[0].WithLater!.Interval.Contains(FirstWithSecond)), .904, 1);

        // The mean of 200 lies within four of its own standard errors: no bias.
        Near(First, [.. readings.Select(r => r[0].Margin!.Estimate)]);
        Near(Second, [.. readings.Select(r => r[1].Margin!.Estimate)]);
    }

    [Fact]
    public void What_would_be_compared_without_draws_at_the_second_action_is_biased_and_not_used()
    {
        // Those who were held out from the first on are not like those who reach the second after the first.
        var differences = Enumerable.Range(0, 20).Select(seed =>
        {
            var second = Customers(seed, 2_000).Where(u => u.Exposure.Action == "2 email/again").ToArray();
            var ghosts = Customers(seed, 2_000).Where(u => u.Exposure is { Action: "0 email/win-back", Arm: "held-out" })
                .Select(u => u.Exposure.Customer).ToHashSet();
            return second.Where(u => u.Exposure.Arm == "acted").Average(Margin)
                - second.Where(u => ghosts.Contains(u.Exposure.Customer)).Average(Margin);
        }).ToArray();
        Assert.True(differences.Average() < Second / 2, $"{differences.Average()}");
        Assert.All(Enumerable.Range(0, 3), seed =>
        {
            var units = Customers(seed, 2_000);
            var ghosts = units.Where(u => u.Exposure is { Action: "0 email/win-back", Arm: "held-out" }).Select(u => u.Exposure.Customer)
                .ToHashSet();
            Assert.Equal(
                units.Count(u => u.Exposure is { Action: "2 email/again", Arm: "held-out" } && !ghosts.Contains(u.Exposure.Customer)),
                Read(Flow, units).Actions[1].HeldOut);
        });
    }

    [Fact]
    public void An_action_that_too_few_have_reached_keeps_its_assumption_and_says_why()
    {
        var reading = Read(Flow, Customers(1, 900));
        Assert.Equal(EffectSource.Measured, reading.Actions[0].Effect.Source);
        var second = reading.Actions[1];
        Assert.Equal(Flow.Steps.OfType<ActStep>().Last().Action.Effect, second.Effect);
        Assert.Equal(
            $"{second.Treated} treated and {second.HeldOut} held-out customers have matured; 100 of each are needed.", second.Problem);
    }

    [Fact]
    public void A_changed_action_at_the_same_place_is_not_taken_for_the_one_that_was_measured()
    {
        var changed = Flow with { Steps = [Flow.Steps[0], Flow.Steps[1], new ActStep(Decided.Action() with { Topic = "other" })] };
        var reading = Read(changed, Customers(1, 2_000));
        Assert.Equal(("2 email/other", 0, 0), (reading.Actions[1].Action, reading.Actions[1].Treated, reading.Actions[1].HeldOut));
    }

    [Fact]
    public void A_share_of_the_value_at_risk_is_measured_against_the_mean_value_at_risk_of_the_compared()
    {
        // Of 20.00 and 60.00 at risk, half each, the action saves a tenth: 2.00 and 6.00.
        var random = new Random(5);
        var units = Enumerable.Range(0, 4_000).Select(i =>
        {
            var (isHeld, risk) = (random.NextDouble() < Holdout, i % 2 == 0 ? 20.0 : 60.0);
            var margin = 10 + Lab.Normal(random) + (isHeld ? 0 : .1 * risk);
            return Unit($"c{i}", "0 email/win-back", isHeld, 0, margin, 0) is var unit
                ? unit with { Exposure = unit.Exposure with { AtRisk = Money.Rounded(risk * 100) } } : unit;
        }).ToArray();
        var policy = Decided.Policy(
            Decided.Action() with { Effect = new PolicyEffect(.5, .5, EffectUnit.ShareOfValueAtRisk, EffectSource.Assumed) });
        var effect = Read(policy, units).Effect;
        Assert.Equal((EffectSource.Measured, EffectUnit.ShareOfValueAtRisk), (effect.Source, effect.Unit));
        Assert.Equal(.1, effect.Mean, 2);
        Assert.InRange(effect.Mean, .1 - (3 * effect.Sd), .1 + (3 * effect.Sd));

        // Who has nothing at risk cannot lose a share of it: the assumption stays.
        Assert.Equal(
            policy.Steps.OfType<ActStep>().Single().Action.Effect,
            Read(policy, [.. units.Select(u => u with { Exposure = u.Exposure with { AtRisk = Money.Zero } })]).Effect);
    }

    private static double Margin(ExposedUnit unit) => (double)unit.Outcome!.Margin.Minor / 100;

    private static double Covered(
        ImmutableArray<ActionEffectReading>[] readings, Func<ImmutableArray<ActionEffectReading>, bool> isCovered) =>
        readings.Count(isCovered) / (double)readings.Length;

    private static void Near(double truth, double[] estimates)
    {
        var mean = estimates.Average();
        var error = Math.Sqrt(estimates.Sum(e => (e - mean) * (e - mean)) / (estimates.Length - 1) / estimates.Length);
        Assert.InRange(mean, truth - (4 * error), truth + (4 * error));
    }

    private static PolicyEffectReading Read(Policy policy, IReadOnlyCollection<ExposedUnit> units) =>
        PolicyEffects.Read(
            policy.Id, PolicyFlow.Actions(policy).First().Action.Effect, DecisionExposure.ActionsOf(policy), units, Decided.Now, Lab.Store);

    // A predicted value explains a part of what everybody brings anyway.
    private static List<ExposedUnit> Customers(int seed, int count)
    {
        var (random, units) = (new Random(seed), new List<ExposedUnit>());
        for (var i = 0; i < count; i++)
        {
            var (name, predicted) = ($"c{i}", 5 * Lab.Normal(random));
            var (isHeld, isKeen) = (random.NextDouble() < Holdout, random.NextDouble() < .5);
            var buysAtOnce = random.NextDouble() < (!isKeen ? .1 : isHeld ? .5 : .9);
            var (early, isHeldLater) = (10 + (2 * Lab.Normal(random)), isHeld || random.NextDouble() < Holdout);
            var late = predicted + Lab.Normal(random) + (buysAtOnce ? 5 : (isKeen ? 8 : 0) + (isHeldLater ? 0 : Second));
            units.Add(Unit(name, "0 email/win-back", isHeld, 0, late + (buysAtOnce ? early : 0), predicted));
            if (!buysAtOnce)
            {
                units.Add(Unit(name, "2 email/again", isHeldLater, 5, late, predicted));
            }
        }

        return units;
    }

    private static ExposedUnit Unit(string customer, string action, bool isHeldOut, int day, double margin, double predicted)
    {
        var at = Lab.Start.AddDays(day);
        var unit = Lab.Unit(
            Lab.Exposure($"{customer} {action}", isHeldOut ? "held-out" : "acted", customer, at: at) with
            {
                Action = action,
                Until = Lab.Store.DayOf(at).AddDays(14),
                Holdout = Holdout,
            },
            0, predicted);
        return unit with { Outcome = unit.Outcome! with { Margin = Money.Rounded(margin * 100) } };
    }
}
