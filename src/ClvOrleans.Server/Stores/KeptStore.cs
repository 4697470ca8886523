using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>A store as it is now: its settings, and what sends to it.</summary>
/// <param name="Settings">What folds and models need to know.</param>
/// <param name="WriteKeys">Name of the source by write key.</param>
/// <param name="Shops">Sources that prove who they are by a secret.</param>
internal sealed record KeptStore(
    StoreSettings Settings, IReadOnlyDictionary<string, string> WriteKeys, IReadOnlyList<ShopSource> Shops)
{
    /// <summary>The store.</summary>
    public StoreId Id => Settings.Id;

    /// <summary>Sources of write keys whose events may state stock. Default none: keys are taken to be public.</summary>
    public IReadOnlyCollection<string> StockSources { get; init; } = [];

    /// <summary>Whether it is closed: it takes no events, and nothing of it is read.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The kinds of all sources by name.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources { get; } = WriteKeys.Values.Distinct(StringComparer.Ordinal)
        .Select(name => (Name: name, Kind: SourceKind.Tracking))
        .Concat(Shops.Select(s => (s.Name, s.Kind)))
        .Append((Name: OneStore.ImportSource, Kind: SourceKind.Import))
        .DistinctBy(s => s.Name, StringComparer.Ordinal)
        .ToDictionary(s => s.Name, s => s.Kind, StringComparer.Ordinal);

    /// <summary>The source whose webhooks come to an address; null where there is none.</summary>
    public ShopSource? FindShop(string name) => Shops.FirstOrDefault(s => s.Name == name && s.Kind != SourceKind.Ga4);
}
