using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>
/// Policies judged on Hillstrom's experiment, where each action had a third. The figures were computed independently, in double precision.
/// </summary>
public sealed class OffPolicyTests
{
    private static readonly Dictionary<string, Func<Hillstrom, int>> Policies = new()
    {
        ["nobody"] = _ => Hillstrom.None,
        ["all Mens"] = _ => Hillstrom.MensMail,
        ["all Womens"] = _ => Hillstrom.WomensMail,
        ["womens and not mens: W, else M"] = c => c.Womens && !c.Mens ? Hillstrom.WomensMail : Hillstrom.MensMail,
        ["history ≥ 200: M, else none"] = c => c.History >= 200 ? Hillstrom.MensMail : Hillstrom.None,
        ["recency ≤ 6: M, else none"] = c => c.Recency <= 6 ? Hillstrom.MensMail : Hillstrom.None,
    };

    private static readonly LoggedDecision[] FiveLines =
    [
        Line(1, 2, .4), Line(3, .5, .2), Line(4, 1.2, .5), Line(2, 1, .3), Line(3, 1.5, .7),
    ];

    [Theory]
    [InlineData("nobody", .651953, .079371, .652789, .652789, .079287, .651619, .079257, 21_306)]
    [InlineData("all Mens", 1.420860, .121738, 1.422617, 1.422617, .121478, 1.419063, .121431, 21_307)]
    [InlineData("all Womens", 1.079911, .103796, 1.077202, 1.077202, .103621, 1.077015, .103616, 21_387)]
    [InlineData("womens and not mens: W, else M", 1.432155, .120620, 1.428628, 1.429760, .120350, 1.426246, .120314, 21_386)]
    [InlineData("history ≥ 200: M, else none", 1.071271, .102961, 1.070937, 1.072270, .102729, 1.066745, .102687, 21_340)]
    [InlineData("recency ≤ 6: M, else none", 1.124814, .110526, 1.129544, 1.129460, .110306, 1.127529, .110250, 21_244)]
    public async Task Policies_bring_what_an_independent_computation_found(
        string policy,
        double ips,
        double ipsError,
        double snips,
        double byArm,
        double byArmError,
        double byCell,
        double byCellError,
        double size)
    {
        var (log, all) = await Log();
        var arm = OffPolicy.Evaluate(log, Policy(all, policy), ByArm(all));
        Assert.Equal(ips, arm.InversePropensity, 5e-7);
        Assert.Equal(ipsError, arm.InversePropensityError, 5e-7);
        Assert.Equal(snips, arm.SelfNormalised, 5e-7);
        Assert.Equal(byArm, arm.DoublyRobust, 5e-7);
        Assert.Equal(byArmError, arm.StandardError, 5e-7);
        Assert.Equal(size, arm.EffectiveSize, 1e-6);
        Assert.Null(arm.Refusal);
        var cell = OffPolicy.Evaluate(log, Policy(all, policy), ByCell(all));
        Assert.Equal(byCell, cell.DoublyRobust, 5e-7);
        Assert.Equal(byCellError, cell.StandardError, 5e-7);
    }

    [Fact]
    public async Task Two_policies_are_compared_on_the_same_decisions()
    {
        var (log, all) = await Log();
        var gain = OffPolicy.Compare(log, Policy(all, "womens and not mens: W, else M"), Policy(all, "all Mens"), ByCell(all));
        Assert.Equal(.007184, gain.Estimate, 5e-7);
        Assert.Equal(.093859, gain.StandardError, 5e-7);
        Assert.True(gain.Interval.Contains(0)); // not decided
    }

    // The example of Vowpal Wabbit's wiki, "Contextual Bandit algorithms": action:cost:probability of 1:2:0.4, 3:0.5:0.2, 4:1.2:0.5,
    // 2:1:0.3, 3:1.5:0.7.
    [Fact]
    public void A_log_of_few_decisions_is_refused_though_it_gives_figures()
    {
        var always = OffPolicy.Evaluate(FiveLines, (_, a) => a == 2 ? 1 : 0, (_, _) => 0);
        Assert.Equal(.928571, always.InversePropensity, 5e-7);
        Assert.Equal(.722222, always.SelfNormalised, 5e-7);
        Assert.Equal(1.528302, always.EffectiveSize, 5e-7);
        Assert.Equal("Only 1.5 decisions of the log count for the policy; at least 100 are needed.", always.Refusal);
        var e = Assert.Throws<ExperimentException>(
            () => OffPolicy.Compare(FiveLines, (_, a) => a == 2 ? 1 : 0, (_, a) => a == 1 ? 1 : 0, (_, _) => 0));
        Assert.Equal(always.Refusal, e.Message);
    }

    [Fact]
    public void An_action_that_was_never_taken_is_refused()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 1_000).Select(i => new LoggedDecision(0, 1, i < 7 ? [1, 0] : [.5, .5]))];
        var half = OffPolicy.Evaluate(log, (_, _) => .5, (_, _) => 1);
        Assert.Equal(
            "In 7 of 1000 decisions the policy takes an action that was never taken there (probability 0): "
                + "the log cannot tell what it brings.",
            half.Refusal);
        Assert.Null(OffPolicy.Evaluate(log, (i, a) => i < 7 ? 1 - a : .5, (_, _) => 1).Refusal);
    }

    [Fact]
    public void Right_propensities_mend_wrong_predictions_and_right_predictions_mend_wrong_propensities()
    {
        var random = new Random(5);
        LoggedDecision[] log = [.. Enumerable.Range(0, 40_000).Select(_ => Decision(true))];
        Assert.Equal(2, OffPolicy.Evaluate(log, (_, a) => a, (_, _) => 7).DoublyRobust, .1);
        LoggedDecision[] wrong = [.. Enumerable.Range(0, 40_000).Select(_ => Decision(false))];
        Assert.Equal(2, OffPolicy.Evaluate(wrong, (_, a) => a, (_, a) => 2 * a).DoublyRobust, .05);
        Assert.Equal(4.5, OffPolicy.Evaluate(wrong, (_, a) => a, (_, _) => 7).DoublyRobust, .2); // both wrong: 7 + .1 / .2 (2 - 7)

        // Action 1, taken in a tenth of the cases, brings 2 on average, action 0 nothing.
        LoggedDecision Decision(bool known)
        {
            var action = random.NextDouble() < .1 ? 1 : 0;
            return new LoggedDecision(action, (2 * action) + random.NextDouble() - .5, known ? [.9, .1] : [.8, .2]);
        }
    }

    [Fact]
    public void A_log_or_policy_that_makes_no_sense_is_an_error()
    {
        Assert.Throws<ExperimentException>(() => OffPolicy.Evaluate([], (_, _) => 1, (_, _) => 0));
        LoggedDecision[] bads =
            [new(0, 1, [.5, .4]), new(2, 1, [.5, .5]), new(0, 1, [0, 1]), new(0, 1, [1.5, -.5]), new(0, 1, []), new(0, 1, [double.NaN, 1])];
        foreach (var bad in bads)
        {
            Assert.Throws<ArgumentException>(() => OffPolicy.Evaluate([FiveLines[0], bad], (_, a) => a == 0 ? 1 : 0, (_, _) => 0));
        }

        Assert.Throws<ArgumentException>(() => OffPolicy.Evaluate(FiveLines, (_, _) => .5, (_, _) => 0));
        Assert.Throws<ExperimentException>(
            () => OffPolicy.Compare(Always(), (_, a) => 1 - a, (_, a) => 1 - a, (_, _) => 0)); // the same policy twice

        static LoggedDecision[] Always() => [.. Enumerable.Range(0, 200).Select(i => new LoggedDecision(i % 2, i, [.5, .5]))];
    }

    private static LoggedDecision Line(int action, double cost, double probability)
    {
        var others = (1 - probability) / 3;
        return new LoggedDecision(action - 1, cost, [.. Enumerable.Range(1, 4).Select(a => a == action ? probability : others)]);
    }

    private static async Task<(LoggedDecision[] Log, Hillstrom[] Customers)> Log()
    {
        var all = await Hillstrom.Customers();
        return ([.. all.Select(c => new LoggedDecision(c.Arm, c.Spend, [1 / 3.0, 1 / 3.0, 1 / 3.0]))], all);
    }

    private static Func<int, int, double> Policy(Hillstrom[] all, string name)
    {
        var policy = Policies[name];
        return (i, a) => policy(all[i]) == a ? 1 : 0;
    }

    private static Func<int, int, double> ByArm(Hillstrom[] all)
    {
        double[] means = [.. Enumerable.Range(0, 3).Select(arm => Hillstrom.Of(all, arm).Average(c => c.Spend))];
        return (_, a) => means[a];
    }

    // The mean of an arm among those who are equally new and bought the same kinds of merchandise.
    private static Func<int, int, double> ByCell(Hillstrom[] all)
    {
        var means = all.GroupBy(c => (c.Arm, c.Newbie, c.Mens, c.Womens)).ToDictionary(g => g.Key, g => g.Average(c => c.Spend));
        return (i, a) => means[(a, all[i].Newbie, all[i].Mens, all[i].Womens)];
    }
}
