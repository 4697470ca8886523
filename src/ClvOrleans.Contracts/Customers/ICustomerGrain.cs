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

    /// <summary>Gives everything away, to be absorbed by another customer. Until <see cref="CompleteAsync"/> others wait.</summary>
    [Alias("surrender")]
    Task<Released> ReleaseAsync();

    /// <summary>Takes in what another identity has surrendered, all of it or nothing, unless too many identities would become this customer.</summary>
    [Alias("absorb")]
    Task<CommitStatus> MergeAsync(CustomerId from, Released surrendered, int mostIdentities);

    /// <summary>Ends a surrender: the journal says whether it was absorbed.</summary>
    [Alias("keep"), AlwaysInterleave]
    Task CompleteAsync();

    /// <summary>The customer's state and summary now, or as of the end of a local day.</summary>
    [Alias("look")]
    Task<CustomerView> ViewAsync(DateOnly? asOf);
}
