using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>An identity that is merged into another.</summary>
/// <param name="From">The identity that ends.</param>
/// <param name="Sequence">Its last sequence when it was released. If the journal has moved on, the merge is fenced off.</param>
/// <param name="MostIdentities">
/// How many identities the customer may consist of afterwards, including those that <paramref name="From"/> had merged. A user id and an
/// anonymous id of equal spelling count once.
/// </param>
public sealed record IdentityMerge(CustomerId From, long Sequence, int MostIdentities = int.MaxValue);
