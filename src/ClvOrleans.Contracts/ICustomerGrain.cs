using ClvOrleans.Model.Customers;

namespace ClvOrleans.Contracts;

/// <summary>One customer or visitor: the only writer of their journal.</summary>
[Alias("clv.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Folds, estimates and makes durable what is new among the events; on return all of them are.</summary>
    [Alias("record")]
    Task<RecordReply> RecordAsync(RecordEvents command);

    /// <summary>Gives everything to another customer, who then absorbs it. Until then this one answers that it has moved.</summary>
    [Alias("surrender")]
    Task<Surrendered> SurrenderAsync(CustomerId target);

    /// <summary>Takes in what another identity has surrendered. False beyond the limit of identities.</summary>
    [Alias("absorb")]
    Task<bool> AbsorbAsync(CustomerId from, Surrendered surrendered);

    /// <summary>Undoes a surrender that nobody absorbed.</summary>
    [Alias("keep")]
    Task KeepAsync();

    /// <summary>The customer's state and summary now, or as of the end of a local day.</summary>
    [Alias("look")]
    Task<CustomerView> LookAsync(DateOnly? asOf);
}
