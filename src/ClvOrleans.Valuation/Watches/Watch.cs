using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Notices a change of one customer, for an own segment or a policy.</summary>
/// <param name="Subject">Who watches; each subject watches once.</param>
/// <param name="Revision">
/// Number of the subject's definition: a store's segments share one growing count, and so do its policies.
/// </param>
/// <param name="Rule">The condition on the customer; null where the watch has none.</param>
public abstract record Watch(WatchSubject Subject, long Revision, Rule<CustomerFacts>? Rule);
