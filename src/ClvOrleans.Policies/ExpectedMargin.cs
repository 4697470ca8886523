using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>What an action is expected to add to a customer's margin, in minor units, as a function of P(alive).</summary>
/// <param name="effect">The effect of the action.</param>
/// <param name="facts">The customer.</param>
/// <param name="currency">The store's currency.</param>
internal sealed class ExpectedMargin(PolicyEffect effect, DecisionFacts facts, Currency currency)
{
    /// <summary>For the customer as they are.</summary>
    public double Now => effect.Unit switch
    {
        EffectUnit.Amount => Amount,
        EffectUnit.ShareOfValue => effect.Mean * (double)facts.Value.Minor,
        _ => effect.Mean * (double)facts.AtRisk.Minor,
    };

    /// <summary>For the same customer if P(alive) were another: what they would bring if alive for sure stays.</summary>
    /// <param name="alive">P(alive), 0 to 1.</param>
    public double At(double alive) => effect.Unit switch
    {
        EffectUnit.Amount => Amount,
        EffectUnit.ShareOfValue => effect.Mean * IfAlive * alive,
        _ => effect.Mean * IfAlive * (1 - alive),
    };

    private double Amount => effect.Mean / (double)currency.ToMajor(new Money(1));

    private double IfAlive => facts.Alive is > 0 and { } alive ? (double)facts.Value.Minor / alive : 0;
}
