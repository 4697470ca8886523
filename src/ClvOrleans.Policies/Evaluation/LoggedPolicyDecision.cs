using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Evaluation;

/// <summary>A decision of the past, with the customer as they were and what came of it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Facts">The customer when it was taken.</param>
/// <param name="Margin">Margin of the customer's purchases within the days after it.</param>
public sealed record LoggedPolicyDecision(Decision Decision, CustomerFacts Facts, Money Margin);
