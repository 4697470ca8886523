using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Notices that a customer's predicted value has moved by so much since it was last noticed, or since it was first seen.</summary>
/// <param name="Subject">Who watches.</param>
/// <param name="Revision">Number of the definition.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Share">The least move as a share of the value that it is measured from, above 0; null where only the amount counts.</param>
/// <param name="Amount">The least move as an amount, above 0; null where only the share counts. Where both are given, both must be reached.</param>
/// <param name="Rule">The condition on the customer at that moment; null for everybody.</param>
public sealed record ValueWatch(
    WatchSubject Subject, long Revision, ValueDirection Direction, double? Share, Money? Amount, Rule<CustomerFacts>? Rule = null)
    : Watch(Subject, Revision, Rule);
