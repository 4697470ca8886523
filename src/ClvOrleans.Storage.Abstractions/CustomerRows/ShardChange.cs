using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.CustomerRows;

/// <summary>A customer's contribution as of a commit.</summary>
/// <param name="Commit">Number of the commit, growing.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Contribution">What they add.</param>
public sealed record ShardChange(long Commit, CustomerId Customer, Contribution Contribution);
