using ClvOrleans.Model.Customers;

namespace ClvOrleans.Contracts;

/// <summary>Joins identities of a store one after the other, so that crossing aliases cannot wait for each other.</summary>
[Alias("clv.identities")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>Makes one identity part of another. True when they are one person on return; false beyond the limit of identities.</summary>
    [Alias("join")]
    Task<bool> JoinAsync(CustomerId from, CustomerId target);
}
