using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>What an experiment needs, and the mistakes of its definition.</summary>
public sealed class ExperimentForecastTests
{
    // R: power.prop.test(p1 = .10, p2 = .12, power = .8) gives n = 3,840.847 in each arm.
    [Fact]
    public void The_units_of_a_rate_are_those_of_the_standard_calculation()
    {
        var definition = Lab.Definition(Metric.Purchased) with { LeastEffect = .02, StopRule = Reading.Once, PlannedDays = 30 };
        var forecast = ExperimentForecast.Of(definition, MetricHistory.Of(Metric.Purchased, new AssumedMetric(.1, null, 300)));
        Assert.Equal((7_682, 26, 9_000, true, true),
            (forecast.Units, forecast.Days, forecast.PlannedUnits, forecast.HasPower, forecast.IsAssumed));
        Assert.InRange(forecast.DetectableEffect!.Value, .018, .02);
        Assert.Null(forecast.Problem(definition));
    }

    // (z(.975) + z(.8))² 2 s² / d² = 15.69776 · 100² / 2² for the arm.
    [Fact]
    public void The_units_of_a_mean_are_those_of_the_standard_calculation_and_too_few_are_refused_with_a_way_out()
    {
        var definition = Lab.Definition(Metric.Margin) with { LeastEffect = 2, StopRule = Reading.Once, PlannedDays = 28 };
        var forecast = ExperimentForecast.Of(definition, MetricHistory.Of(Metric.Margin, new AssumedMetric(30, 100, 1_000)));
        Assert.Equal((78_489, 79, 28_000, false), (forecast.Units, forecast.Days, forecast.PlannedUnits, forecast.HasPower));
        Assert.Equal(
            "plannedDays: an effect of 2 needs 78,489 units, and 28,000 come in 28 days. Plan 79 days, or look for an effect of 3.35.",
                forecast.Problem(definition));

        // Test & Roll with N 365,000, s 100, σ 2: √(N/4 · 2500 + 1875²) - 1875.
        Assert.Equal(Math.Sqrt((365_000 / 4.0 * 2_500) + (1_875.0 * 1_875)) - 1_875, forecast.ProfitableArm!.Value, 6);
    }

    [Fact]
    public void Looking_at_any_time_and_more_arms_take_more_units()
    {
        var history = MetricHistory.Of(Metric.Margin, new AssumedMetric(30, 100, 1_000));
        long? Units(Reading rule, params ArmShare[] arms)
        {
            return ExperimentForecast.Of(Lab.Definition(Metric.Margin, arms) with { LeastEffect = 5, StopRule = rule }, history).Units;
        }

        Assert.InRange(Units(Reading.AnyTime)!.Value / (double)Units(Reading.Once)!.Value, 1.5, 2.5);
        Assert.True(Units(Reading.Once, new("a", 1 / 3.0), new("b", 1 / 3.0), new("c", 1 / 3.0)) > 1.5 * Units(Reading.Once));
        Assert.True(Units(Reading.Once, new("a", .9), new("b", .1)) > Units(Reading.Once));
    }

    [Fact]
    public void A_history_counts_units_by_the_day_they_first_come_and_foresees_nothing_beyond()
    {
        var history = MetricHistory.Of([0, 0, 3, 5], [0, 0, 2, 9], 10, .25);
        Assert.Equal((2.0, 4, 16.0), (history.Mean, history.Customers, history.Population));
        Assert.Equal([8, 8, 12, 12, 12, 12, 12, 12, 12, 16, 16], history.UnitsByDay[..11]);
        Assert.Equal(16, history.UnitsByDay[^1]);
    }

    [Fact]
    public void A_definition_that_can_be_used_has_no_mistake() => Assert.Empty(ExperimentCheck.Find(Lab.Definition(Metric.Margin)));

    [Fact]
    public void Every_mistake_names_its_member()
    {
        var wrong = Lab.Definition(Metric.Unsubscribed, new("a b", .7), new("x", .7), new("x", 0)) with
        {
            Hypothesis = " ",
            LeastEffect = 0,
            Alpha = 0,
            Power = 1,
            MaturityDays = -1,
            PlannedDays = 0,
            Cost = -1,
            Salt = "",
            Guardrails = [new(Metric.Unsubscribed, 0), new(Metric.ExpectedMargin, 1)],
            Assumed = new AssumedMetric(2, 1, -1),
        };
        Assert.Equal(
            [
                "hypothesis", "arms[0].arm", "arms", "arms", "primary", "guardrails[0].metric", "guardrails[0].mostHarm",
                    "guardrails[1].metric",
                "leastEffect", "alpha", "power", "maturityDays", "plannedDays", "cost", "salt", "assumed.mean", "assumed.deviation",
                "assumed.unitsADay",
            ],
            ExperimentCheck.Find(wrong).Select(m => m.Split(':')[0]));
        Assert.Contains("arms: there are 1;", Assert.Single(ExperimentCheck.Find(Lab.Definition(Metric.Margin, new ArmShare("a", 1)))),
            StringComparison.Ordinal);
    }
}
