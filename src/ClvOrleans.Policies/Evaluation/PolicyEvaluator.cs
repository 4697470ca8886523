using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Evaluation;

/// <summary>
/// Judges a policy before it is switched on, by the decisions that another one has logged: doubly robust (<see cref="OffPolicy"/>), with
/// the value model's forecast as the prediction. Caps and cool-downs are those that the customer had then.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="days">Days after each decision whose margin counts.</param>
public sealed class PolicyEvaluator(StoreSettings store, int days)
{
    /// <summary>Days that are counted where nothing else is said.</summary>
    public const int DefaultDays = 14;

    private readonly RuleSchema<CustomerFacts> _rules = CustomerRules.For(store.Currency);

    /// <summary>Judges a policy.</summary>
    /// <param name="proposed">The new policy.</param>
    /// <param name="current">The one that took the decisions.</param>
    /// <param name="log">The decisions of one policy that acted, held out or suppressed; those that waited are none yet.</param>
    public PolicyEvaluation Evaluate(Policy proposed, Policy current, IReadOnlyList<LoggedPolicyDecision> log)
    {
        if (log.Count == 0)
        {
            return new PolicyEvaluation(
                0, days, null, null, null,
                $"No decision of the policy has {days} days behind it yet: ask again later, or count fewer days.");
        }

        var decisions = log.Select(Logged).ToArray();
        var (chances, before) = (Chances(proposed, log), Chances(current, log));
        var action = PolicyFlow.Actions(proposed).First().Action;
        try
        {
            var estimate = OffPolicy.Evaluate(decisions, Of(chances), Predicted);
            var baseline = OffPolicy.Evaluate(decisions, Of(before), Predicted);
            return new PolicyEvaluation(
                log.Count, days, estimate, baseline, Compare(decisions, Of(chances), Of(before)), estimate.Refusal);
        }
        catch (ExperimentException e)
        {
            return new PolicyEvaluation(log.Count, days, null, null, null, e.Message);
        }

        // q: the forecast margin of the days, and what the action is expected to add to it.
        double Predicted(int i, int a)
        {
            var (facts, share) = (log[i].Decision.Inputs.Facts, days / (double)store.Horizon.Days);
            var margin = Major(facts.Value) * store.MarginBasisPoints / 10_000 * share;
            var added = (Major(Money.Rounded(new ExpectedMargin(action.Effect, facts, store.Currency).Now)) * share) - Major(action.Cost);
            return a == 0 ? margin : margin + added;
        }

        Effect? Compare(LoggedDecision[] logged, Func<int, int, double> one, Func<int, int, double> other)
        {
            try
            {
                return OffPolicy.Compare(logged, one, other, Predicted);
            }
            catch (ExperimentException)
            {
                return null; // They do the same, or the log cannot tell one of them.
            }
        }
    }

    private static Func<int, int, double> Of(double[] chances) => (i, a) => a == 1 ? chances[i] : 1 - chances[i];

    private double Major(Money money) => (double)store.Currency.ToMajor(money);

    private LoggedDecision Logged(LoggedPolicyDecision logged)
    {
        var decision = logged.Decision;
        var (acted, chance) =
            (decision.Outcome == DecisionOutcome.Acted, decision.Outcome == DecisionOutcome.Shadow ? 0 : decision.Propensity);
        return new LoggedDecision(
            acted ? 1 : 0, Major(logged.Margin) - (acted ? Major(decision.Cost) : 0), [1 - chance, chance]);
    }

    // With what probability a policy acts in each case, if nobody were held out.
    private double[] Chances(Policy policy, IReadOnlyList<LoggedPolicyDecision> log)
    {
        var (place, action) = PolicyFlow.Actions(policy).First();
        var whole = policy with { Holdout = 0 };
        var condition = policy.Trigger switch
        {
            { Kind: TriggerKind.RuleHolds, Rule: { } rule } => _rules.Parse(rule),
            _ => null,
        };
        var audience = policy.Audience is { } text ? _rules.Parse(text) : null;
        return [.. log.Select(l => DecisionRule.Decide(whole, l.Decision.Inputs with
        {
            Occasion = l.Decision.Inputs.Occasion with { Step = place },
            Mode = PolicyMode.Live,
            Terms = l.Decision.Inputs.Terms with { Control = new ControlGroup(0), IsStopped = false },
            Condition = condition is null ? l.Decision.Inputs.Condition : condition.Holds(l.Facts),
            Audience = audience?.Holds(l.Facts) ?? true,
            Effect = action.Effect,
            Waiting = null,
            Rival = null,
            Spent = Money.Zero,
        }).Propensity)];
    }
}
