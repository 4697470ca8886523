using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>A page of the decisions of a store, the newest first.</summary>
/// <param name="Store">The store.</param>
/// <param name="Limit">Decisions to return, at least 1.</param>
/// <param name="Policy">Only of this policy; null for all.</param>
/// <param name="Customer">Only of this customer; null for all.</param>
/// <param name="Outcome">Only of this outcome; null for all.</param>
/// <param name="Reason">Only for this reason; null for all.</param>
/// <param name="Before">Only with a lower number; null for the first page.</param>
public sealed record DecisionQuery(
    StoreId Store, int Limit, PolicyId? Policy = null, CustomerId? Customer = null, DecisionOutcome? Outcome = null,
    DecisionReason? Reason = null, long? Before = null);
