using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>
/// A customer as they are, or were on a day. <see cref="Revision"/> is the number of their events by now, whatever the day, and 0 where
/// nothing is known; how many the summary rests on, its <see cref="CustomerSummary.Counts"/> add up to.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.view")]
public sealed record CustomerView(
    [property: Id(0)] long Revision, [property: Id(1)] CustomerSummary Summary,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Traits, [property: Id(3)] string? Campaign,
    [property: Id(4)] CustomerId? MovedTo);
