namespace ClvOrleans.Reports.Demand;

/// <summary>How goods are ordered.</summary>
/// <param name="Service">In which share of cases the stock is to suffice until the next order has come, .5 to .999.</param>
/// <param name="LeadDays">Days until an order comes, of products of which none is stated.</param>
/// <param name="ReviewDays">Days from one order to the next, at least 1.</param>
public sealed record ReorderTerms(double Service = .95, int LeadDays = 14, int ReviewDays = 7);
