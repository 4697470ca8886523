using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies;

/// <summary>
/// A decision as an exposure, by which what came of those for whom a policy acted is compared with what came of those who were held out.
/// </summary>
public static class DecisionExposure
{
    /// <summary>
    /// The exposure; null of a decision that neither acted nor was held out, and of an action that nobody is held out from.
    /// </summary>
    /// <param name="decision">The decision.</param>
    /// <param name="policy">The policy as it was; null where it is not known any more, and its holdout neither.</param>
    /// <param name="store">The store.</param>
    /// <param name="windowDays">Whole local days after that of the decision for which its outcome is counted, at least 0.</param>
    public static Exposure? Of(Decision decision, Policy? policy, StoreSettings store, int windowDays)
    {
        var (inputs, place) = (decision.Inputs, decision.Inputs.Occasion.Step);
        var action = policy is null ? null : (PolicyFlow.StepAt(policy, place) as ActStep)?.Action;
        if (decision.Outcome is not (DecisionOutcome.Acted or DecisionOutcome.HeldOut) || action is { IsTransactional: true })
        {
            return null;
        }

        var isHeldOut = decision.Outcome == DecisionOutcome.HeldOut;
        return new Exposure
        {
            Subject = PolicyEffects.SubjectOf(decision.Policy),
            Unit = decision.Id.Value,
            Customer = decision.Customer,
            Arm = isHeldOut ? PolicyEffectReading.HeldOutArm : PolicyEffectReading.ActedArm,
            Action = action is null ? null : NameOf(place, action),
            At = inputs.At,
            Until = store.DayOf(inputs.At).AddDays(windowDays),
            Predicted = inputs.Facts.Value.Share(store.MarginBasisPoints),
            Value = inputs.Facts.Value,
            AtRisk = inputs.Facts.AtRisk,
            Cost = isHeldOut ? default : decision.Cost,
            Holdout = policy is null ? null : 1 - ((1 - policy.Holdout) * (1 - inputs.Terms.Control.Share)),
            Segment = SegmentNames.Format(inputs.Facts.Lifecycle),
            Model = inputs.Facts.Model,
        };
    }

    /// <summary>The actions of a policy by which customers are held out, by the names that exposures give them, with their
    /// assumptions.</summary>
    public static IReadOnlyList<(string Action, PolicyEffect Assumed)> ActionsOf(Policy policy) =>
        [.. PolicyFlow.Actions(policy).Where(a => !a.Action.IsTransactional).Select(a => (NameOf(a.Place, a.Action), a.Action.Effect))];

    /// <summary>What an action at a place of the flow is called in exposures: another one at the same place is not taken for it.</summary>
    public static string NameOf(string place, PolicyAction action) => $"{place} {action.Channel.Name()}/{action.Topic}";
}
