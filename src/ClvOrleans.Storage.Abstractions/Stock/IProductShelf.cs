using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Stock;

/// <summary>What a store has to sell: of each product the units in stock, the price and promotion of now, category and lead time.</summary>
public interface IProductShelf
{
    /// <summary>
    /// Takes in statements in the order given, all of them or none; durable on return, and seen by every later read on every silo. What a
    /// statement does not say stays as it was; one that is older than the last of its product changes nothing.
    /// </summary>
    Task PutAsync(StoreId store, IReadOnlyCollection<StockStatement> statements, CancellationToken cancellation = default);

    /// <summary>Forgets a product, which then is one of which nothing is known. False where nothing was.</summary>
    Task<bool> RemoveAsync(StoreId store, string product, CancellationToken cancellation = default);

    /// <summary>All products of a store in order of id.</summary>
    Task<IReadOnlyList<ProductStock>> ReadAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// What changed after a revision, once each in order of id: nothing, at the cost of one look, where nothing did. Revisions ascend in
    /// the order of the writes; 0 is before the first.
    /// </summary>
    Task<IReadOnlyList<StockChange>> ChangesAsync(StoreId store, long after, CancellationToken cancellation = default);
}
