using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>The stores of the installation as this silo knows them.</summary>
internal sealed class StoreDirectory : IStores
{
    private volatile Known _known = Known.Of(0, []);

    /// <summary>The revision of the stores that this is.</summary>
    public long Revision => _known.Revision;

    /// <summary>Settings of the stores that are open.</summary>
    public IReadOnlyCollection<StoreSettings> All => _known.Open;

    /// <summary>The first store of the installation, which addresses that name none are about.</summary>
    public KeptStore First => _known.Stores.Values.MinBy(s => s.Record.CreatedIn)
        ?? throw new InvalidOperationException("The stores were not read yet.");

    /// <summary>All stores, also closed ones.</summary>
    public IReadOnlyCollection<KeptStore> Stores => _known.Stores.Values;

    /// <summary>Settings of a store, also of a closed one. <exception cref="KeyNotFoundException">There is none.</exception></summary>
    public StoreSettings Find(StoreId store) => Get(store).Settings;

    /// <summary>Whether there is a store and it is open.</summary>
    public bool IsOpen(StoreId store) => TryFind(store) is { IsClosed: false };

    /// <summary>A store, also a closed one. <exception cref="KeyNotFoundException">There is none.</exception></summary>
    public KeptStore Get(StoreId store) => TryFind(store) ?? throw new KeyNotFoundException($"There is no store '{store}'.");

    /// <summary>A store, also a closed one; null where there is none.</summary>
    public KeptStore? TryFind(StoreId store) => _known.Stores.GetValueOrDefault(store);

    /// <summary>
    /// The store and the source of a write key; null where it is nobody's. It is found by its hash: the time taken tells nothing of keys.
    /// </summary>
    public (KeptStore Store, string Source)? FindWriteKey(string key) =>
        _known.Keys.TryGetValue(HashOf(key), out var found) ? found : null;

    /// <summary>The GA4 sources of a measurement id, of whichever store.</summary>
    public IEnumerable<(KeptStore Store, ShopSource Source)> FindGa4(string measurementId) =>
        from store in _known.Stores.Values
        from source in store.Shops
        where source.Kind == SourceKind.Ga4 && source.MeasurementId == measurementId
        select (store, source);

    /// <summary>From now on these are the stores.</summary>
    public void Set(long revision, IEnumerable<KeptStore> stores) => _known = Known.Of(revision, [.. stores]);

    private static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed record Known(
        long Revision, FrozenDictionary<StoreId, KeptStore> Stores, IReadOnlyCollection<StoreSettings> Open,
        FrozenDictionary<string, (KeptStore Store, string Source)> Keys)
    {
        public static Known Of(long revision, KeptStore[] stores) => new(
            revision,
            stores.ToFrozenDictionary(s => s.Id),
            [.. stores.Where(s => !s.IsClosed).Select(s => s.Settings)],
            stores.SelectMany(s => s.WriteKeys.Select(k => (Key: HashOf(k.Key), Store: s, Source: k.Value)))
                .DistinctBy(k => k.Key, StringComparer.Ordinal)
                .ToFrozenDictionary(k => k.Key, k => (k.Store, k.Source), StringComparer.Ordinal));
    }
}
