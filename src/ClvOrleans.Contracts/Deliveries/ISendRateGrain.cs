namespace ClvOrleans.Contracts.Deliveries;

/// <summary>How much of a channel may be sent now, for all silos of a store.</summary>
[Alias("clv.sendrate")]
public interface ISendRateGrain : IGrainWithStringKey
{
    /// <summary>Takes room for up to so many messages. How many it is.</summary>
    [Alias("take")]
    Task<int> TakeAsync(int wanted);
}
