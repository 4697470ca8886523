using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// A condition on customers, such as <c>predictedValue &gt; 200 and pAlive &lt; 0.4 and 'shoes' in categories</c>: read, checked and
/// compiled once, then asked of each customer. Pure, and safe to use from any thread.
/// </summary>
/// <typeparam name="T">What it is asked of.</typeparam>
public sealed class Rule<T>
{
    private readonly Func<T, Truth> _condition;

    internal Rule(
        RuleSyntax syntax, Func<T, Truth> condition, ImmutableArray<RuleField<T>> fields, ImmutableArray<TurningPoint<T>> turningPoints) =>
        (Syntax, _condition, Fields, TurningPoints) = (syntax, condition, fields, turningPoints);

    /// <summary>Its tree.</summary>
    public RuleSyntax Syntax { get; }

    /// <summary>The fields that it asks for, by name.</summary>
    public ImmutableArray<RuleField<T>> Fields { get; }

    /// <summary>Where its answer may change as days pass, without an event.</summary>
    public ImmutableArray<TurningPoint<T>> TurningPoints { get; }

    /// <summary>Whether its answer may change as days pass, without an event.</summary>
    public bool MovesWithTime => !TurningPoints.IsEmpty;

    /// <summary>What it says of someone.</summary>
    public Truth Evaluate(T subject) => _condition(subject);

    /// <summary>Whether it holds for someone; not where it cannot be told.</summary>
    public bool Holds(T subject) => _condition(subject) == Truth.True;

    /// <summary>The rule as the language writes it, without needless parentheses.</summary>
    public override string ToString() => RulePrinter.Print(Syntax);
}
