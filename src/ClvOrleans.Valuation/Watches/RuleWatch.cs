using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Notices that a rule begins to hold for a customer, and that it holds no longer.</summary>
/// <param name="Subject">Who watches.</param>
/// <param name="Revision">Number of the definition.</param>
/// <param name="Condition">The rule.</param>
public sealed record RuleWatch(WatchSubject Subject, long Revision, Rule<CustomerFacts> Condition) : Watch(Subject, Revision, Condition);
