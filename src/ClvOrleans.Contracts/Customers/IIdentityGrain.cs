using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>Joins identities of a store one after the other, so that crossing aliases cannot wait for each other.</summary>
[Alias("clv.identities")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes one identity part of another. A visitor who has become somebody already stays with them: the first identification wins.
    /// Done, too many identities, fenced or full.
    /// </summary>
    [Alias("join")]
    Task<CommitStatus> JoinAsync(CustomerId from, CustomerId target);
}
