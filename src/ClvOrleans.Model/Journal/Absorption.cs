using ClvOrleans.Model.Customers;

namespace ClvOrleans.Model.Journal;

/// <summary>One identity that becomes another.</summary>
/// <param name="From">The identity that ends.</param>
/// <param name="Sequence">Its last sequence as surrendered: another one in the journal fences the absorption off.</param>
public sealed record Absorption(CustomerId From, long Sequence);
