using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Stamps;

/// <summary>What a journal knows of the settings that it was filled with.</summary>
public interface IStoreStamps
{
    /// <summary>
    /// The stamps of the stores that the journal was started with; none in a new one, or in one of a program that left none.
    /// </summary>
    Task<IReadOnlyList<StoreStamp>> ReadAsync(CancellationToken cancellation = default);

    /// <summary>The stores that the journal has events of, also such as wait for their orders, whether stamped or not.</summary>
    Task<IReadOnlyList<StoreId>> FindStoresAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a store's stamp. Where it replaces another, the champion is promoted again for
    /// <see cref="Valuation.Models.PromotionCause.Settings"/>, in the same transaction: every estimate is late from then on.
    /// </summary>
    Task WriteAsync(StoreStamp stamp, DateTimeOffset at, CancellationToken cancellation = default);
}
