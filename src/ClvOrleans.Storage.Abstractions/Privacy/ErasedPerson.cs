using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Privacy;

/// <summary>Who was erased: under which names they may still be found outside the tables of customers. Never kept.</summary>
/// <param name="Identities">All identities that were one customer.</param>
/// <param name="Names">Their ids, orders, e-mail addresses and phone numbers, as they were written.</param>
/// <param name="Events">How many events the journal had of them.</param>
public sealed record ErasedPerson(ImmutableArray<CustomerId> Identities, ImmutableArray<string> Names, long Events);
