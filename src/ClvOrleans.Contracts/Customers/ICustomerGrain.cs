using ClvOrleans.Domain.Customers;
using Orleans.Concurrency;

namespace ClvOrleans.Contracts.Customers;

/// <summary>One customer or visitor: the only writer of their journal.</summary>
[Alias("clv.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Folds, estimates and makes durable what is new among the events, all of it or nothing.</summary>
    [Alias("record")]
    Task<RecordReply> RecordAsync(RecordEvents command);

    /// <summary>Releases all events, to be merged into another customer. Other calls wait until <see cref="CompleteAsync"/>.</summary>
    [Alias("surrender")]
    Task<Released> ReleaseAsync();

    /// <summary>
    /// Merges an identity that was released, all of it or nothing, unless the customer would consist of too many identities.
    /// </summary>
    [Alias("absorb")]
    Task<CommitStatus> MergeAsync(CustomerId from, Released released, int mostIdentities);

    /// <summary>Ends a release: whether it was merged is in the journal.</summary>
    [Alias("keep"), AlwaysInterleave]
    Task CompleteAsync();

    /// <summary>
    /// Whether a delivery may go: consent, goal and condition as of now, in the customer's turn. What arrives later does not stop it.
    /// </summary>
    [Alias("handover")]
    Task<HandOverReply> HandOverAsync(HandOver asked);

    /// <summary>The customer's state and summary now, or as of the end of a local day.</summary>
    [Alias("look")]
    Task<CustomerView> ViewAsync(DateOnly? asOf);

    /// <summary>What the customer bought and looked at, for recommendations.</summary>
    [Alias("baskets")]
    Task<BasketsView> BasketsAsync();

    /// <summary>Erases the customer with all identities that became them, and ends this activation.</summary>
    [Alias("erase")]
    Task<EraseReply> EraseAsync(EraseCustomer command);
}
