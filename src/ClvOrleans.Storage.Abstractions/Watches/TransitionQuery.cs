using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Watches;

/// <summary>A page of the transitions of a store, the newest first.</summary>
/// <param name="Store">The store.</param>
/// <param name="Limit">Transitions to return, at least 1.</param>
/// <param name="Subject">Only what this one noticed; null for all.</param>
/// <param name="Customer">Only of this customer; null for all.</param>
/// <param name="After">Where the last page ended; null for the first.</param>
public sealed record TransitionQuery(
    StoreId Store, int Limit, WatchSubject? Subject = null, CustomerId? Customer = null, TransitionPosition? After = null);
