namespace ClvOrleans.Reports.Marketing;

/// <summary>What a budget assumes where nothing was measured.</summary>
/// <param name="Amount">The budget, in the store's currency.</param>
/// <param name="Days">The time for which it is.</param>
/// <param name="Elasticity">By how many per cent more customers come for one per cent more spend, above 0 and below 1.</param>
/// <param name="Saved">Share of a customer's margin at risk that a contact saves.</param>
/// <param name="ContactCost">What a contact costs, above 0.</param>
public sealed record BudgetTerms(double Amount, int Days = 30, double Elasticity = .5, double Saved = .02, double ContactCost = 1);
