using System.Collections.Immutable;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Contracts;

/// <summary>A customer as they are, or were on a day. Revision 0 means that nothing is known.</summary>
[Immutable, GenerateSerializer, Alias("clv.view")]
public sealed record CustomerView(
    [property: Id(0)] long Revision, [property: Id(1)] CustomerSummary Summary,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Traits, [property: Id(3)] string? Campaign, [property: Id(4)] CustomerId? MovedTo);
