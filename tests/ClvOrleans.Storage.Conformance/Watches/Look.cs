using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.Watches;

/// <summary>What watches say of a customer; storage does not ask why.</summary>
internal static class Look
{
    private static readonly Rule<CustomerFacts> Anything = CustomerRules.For(Currency.Of("USD")).Parse("true");

    /// <summary>The segments a, b and c, a watch of values and one of page views, as defined in some revision.</summary>
    public static WatchList List(long revision = 1, params string[] segments) => new(
        new WatchVersion(revision, revision),
        [
            .. segments.Select(s => new RuleWatch(WatchSubject.Of(new SegmentId(s)), 1, Anything)),
            new ValueWatch(new WatchSubject(WatchKind.Policy, "fall"), 1, ValueDirection.Down, .2, null),
            new EventWatch(new WatchSubject(WatchKind.Policy, "views"), 1, EventKind.PageViewed),
        ]);

    /// <summary>A look at a customer who is in some of the segments.</summary>
    public static WatchReading At(
        CustomerId customer, WatchList list, IEnumerable<string> holds, long predicted = 0, WatchCause? cause = null,
        params string[] messages) => new()
        {
            Customer = customer,
            List = list,
            Holds = [.. list.Watches.Select(w => w is not RuleWatch || holds.Contains(w.Subject.Id))],
            At = Sample.Time,
            Cause = cause ?? WatchCause.Time,
            Facts = new TransitionFacts(new DateOnly(2026, 1, 1), 1, null, new Money(predicted), null, Lifecycle.Prospect, "m-1", 1),
            Events = [.. messages.Select(m => (new EventKey("web", m), EventKind.PageViewed))],
        };
}
