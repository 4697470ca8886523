using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>One identity that becomes another.</summary>
/// <param name="From">The identity that ends.</param>
/// <param name="Sequence">Its last sequence as surrendered: another one in the journal fences the absorption off.</param>
/// <param name="MostIdentities">
/// How many identities may have become the customer afterwards, those that <paramref name="From"/> had taken in included. A user id and an
/// anonymous id of equal spelling count once.
/// </param>
public sealed record IdentityMerge(CustomerId From, long Sequence, int MostIdentities = int.MaxValue);
