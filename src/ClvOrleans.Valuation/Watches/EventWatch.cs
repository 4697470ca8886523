using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Notices each new event of a kind, when it is recorded. Events that move from one identity to another are not new.</summary>
/// <param name="Subject">Who watches.</param>
/// <param name="Revision">Number of the definition.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Rule">The condition on the customer after the event; null for everybody.</param>
public sealed record EventWatch(WatchSubject Subject, long Revision, EventKind Kind, Rule<CustomerFacts>? Rule = null)
    : Watch(Subject, Revision, Rule);
