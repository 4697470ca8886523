namespace ClvOrleans.Contracts.Market;

/// <summary>A store's market calendar.</summary>
[Alias("clv.marketgrain")]
public interface IMarketGrain : IGrainWithStringKey
{
    /// <summary>The calendar.</summary>
    [Alias("read")]
    Task<MarketReply> ReadAsync();

    /// <summary>Adds or replaces entries; durable on return.</summary>
    [Alias("put")]
    Task PutAsync(PutMarket command);

    /// <summary>Removes an entry. False where there was none.</summary>
    [Alias("remove")]
    Task<bool> RemoveAsync(string id);
}
