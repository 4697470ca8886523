using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Segments;

namespace ClvOrleans.Model.Journal;

/// <summary>A customer's contribution as of a commit.</summary>
/// <param name="Commit">Number of the commit, growing.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Contribution">What they add.</param>
public sealed record ShardChange(long Commit, CustomerId Customer, Contribution Contribution);
