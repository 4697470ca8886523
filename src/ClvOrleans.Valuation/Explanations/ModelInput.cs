namespace ClvOrleans.Valuation.Explanations;

/// <summary>One thing that a model reads of a customer.</summary>
/// <param name="Name">Its name, such as daysSinceLastOrder; that of the customer's feature where it is one.</param>
/// <param name="Value">The customer's; null where nothing is known yet, and the baseline stands in.</param>
/// <param name="Baseline">The reference customer's; null where unknown.</param>
/// <param name="Unit">What both are measured in.</param>
/// <param name="Phrase">The same in words.</param>
public sealed record ModelInput(string Name, double? Value, double? Baseline, InputUnit Unit, string Phrase);
