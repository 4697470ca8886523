using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryProductShelf(InMemoryStorage storage) : IProductShelf
{
    public Task PutAsync(StoreId store, IReadOnlyCollection<StockStatement> statements, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var next = Next(state, store);
            return state with
            {
                Stock = statements.Aggregate(state.Stock, (all, s) =>
                {
                    var known = all.GetValueOrDefault((store, s.Product))?.Stock;
                    return known?.At > s.At ? all : all.SetItem((store, s.Product), new(next, s.Product, s.Of(known)));
                }),
            };
        });

    public Task<bool> RemoveAsync(StoreId store, string product, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        state.Stock.GetValueOrDefault((store, product))?.Stock is null
            ? (state, false)
            : (state with { Stock = state.Stock.SetItem((store, product), new(Next(state, store), product, null)) }, true));

    public Task<IReadOnlyList<ProductStock>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ProductStock>>(state => [.. Of(state, store).Select(c => c.Stock).OfType<ProductStock>()]);

    public Task<IReadOnlyList<StockChange>> ChangesAsync(StoreId store, long after, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<StockChange>>(state => [.. Of(state, store).Where(c => c.Revision > after)]);

    private static IEnumerable<StockChange> Of(InMemoryState state, StoreId store) =>
        state.Stock.Where(s => s.Key.Store == store).Select(s => s.Value).OrderBy(c => c.Product, StringComparer.Ordinal);

    private static long Next(InMemoryState state, StoreId store) => Of(state, store).Select(c => c.Revision).DefaultIfEmpty().Max() + 1;
}
