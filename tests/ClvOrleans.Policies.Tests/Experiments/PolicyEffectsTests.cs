using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>What a policy is expected to bring, updated by its own holdout.</summary>
public sealed class PolicyEffectsTests
{
    private static readonly PolicyId Policy = new("win-back");
    private static readonly PolicyEffect Assumed = new(4, 2, EffectUnit.Amount, EffectSource.Assumed);

    [Fact]
    public void The_expectation_is_the_mean_of_assumption_and_measurement_weighted_by_what_is_known_of_each()
    {
        var reading = Read(Assumed, Arm("acted", 900, 11), Arm("held-out", 100, 10));
        var (m, se) = (reading.Margin!.Estimate, reading.Margin.StandardError);
        Assert.Equal(1, m, 2);

        // Precisions add up: 1/2² and 1/se².
        Assert.Equal(((4 / 4.0) + (m / (se * se))) / ((1 / 4.0) + (1 / (se * se))), reading.Effect.Mean, 9);
        Assert.Equal(1 / Math.Sqrt((1 / 4.0) + (1 / (se * se))), reading.Effect.Sd, 9);
        Assert.Equal(EffectSource.Measured, reading.Effect.Source);
        Assert.Equal(450, reading.Cost, 9);
        Assert.Equal("policy/win-back 2026-06-01 n 1,000", reading.Effect.Reading);
    }

    [Fact]
    public void An_assumption_without_a_deviation_is_known_no_better_than_its_own_size()
    {
        var stated = Read(Assumed with { Sd = 4 }, Arm("acted", 900, 11), Arm("held-out", 100, 10));
        Assert.Equal(stated.Effect, Read(Assumed with { Sd = 0 }, Arm("acted", 900, 11), Arm("held-out", 100, 10)).Effect);
        var nothing = Read(Assumed with { Mean = 0, Sd = 0 }, Arm("acted", 900, 11), Arm("held-out", 100, 10));
        Assert.Equal(nothing.Margin!.Estimate, nothing.Effect.Mean, 9);
    }

    [Fact]
    public void A_share_of_the_value_is_measured_as_one()
    {
        var reading = Read(
            new PolicyEffect(.1, .05, EffectUnit.ShareOfValue, EffectSource.Assumed), Arm("acted", 900, 11, 20),
                Arm("held-out", 100, 10, 20));
        var (m, se) = (reading.Margin!.Estimate / 20, reading.Margin.StandardError / 20);
        Assert.Equal(((.1 / .0025) + (m / (se * se))) / ((1 / .0025) + (1 / (se * se))), reading.Effect.Mean, 9);
    }

    [Fact]
    public void The_assumption_stays_while_too_few_have_matured()
    {
        var reading = Read(Assumed, Arm("acted", 900, 11), Arm("held-out", 99, 10),
            [Lab.Unit(Lab.Exposure("open", "held-out"), 0) with { Outcome = null }]);
        Assert.Equal(Assumed, reading.Effect);
        Assert.Equal((900, 99, 1), (reading.Treated, reading.HeldOut, reading.Open));
        Assert.Equal("900 treated and 99 held-out customers have matured; 100 of each are needed.", reading.Problem);
    }

    [Fact]
    public void Sizes_that_are_not_those_of_the_holdout_measure_nothing()
    {
        var reading = Read(Assumed, Arm("acted", 900, 11), Arm("held-out", 300, 10));
        Assert.True(reading.SampleRatio!.IsMismatch);
        Assert.Equal(Assumed, reading.Effect);
        Assert.Null(reading.Margin);
    }

    [Fact]
    public void A_customer_who_is_in_both_arms_by_a_merge_is_left_out_and_counted_and_the_first_decision_counts()
    {
        var twice = Lab.Unit(Lab.Exposure("d1", "held-out", customer: "acted-0", at: Lab.Start.AddDays(9)), 500);
        var again = Lab.Unit(Lab.Exposure("d2", "acted", customer: "acted-1", at: Lab.Start.AddDays(9)), 1e6);
        var reading = Read(Assumed, Arm("acted", 900, 11), Arm("held-out", 100, 10), [twice, again]);
        Assert.Equal((899, 100, 1), (reading.Treated, reading.HeldOut, reading.InTwoArms));
        Assert.Equal(1, reading.Margin!.Estimate, 2);
    }

    private static PolicyEffectReading Read(PolicyEffect assumed, params IEnumerable<ExposedUnit>[] arms) => PolicyEffects.Read(
        Policy, assumed, arms.SelectMany(a => a), new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero),
            Currency.Of("USD"));

    // Outcomes alternate around the mean.
    private static IEnumerable<ExposedUnit> Arm(string arm, int count, double mean, double predicted = 0) =>
        Enumerable.Range(0, count).Select(i =>
        Lab.Unit(
            Lab.Exposure($"{arm}-{i}", arm) with { Holdout = .1, Value = new Money(2_000), Cost = new Money(50) },
            mean + (i % 2 == 0 ? 2 : -2), predicted));
}
