using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>The store that this process keeps, and what sends to it: write keys and sources with secrets.</summary>
internal sealed class OneStore(
    StoreSettings settings, IReadOnlyDictionary<string, string> writeKeys, IReadOnlyList<ShopSource> shops,
    IReadOnlyCollection<string>? stockSources = null) : IStores
{
    /// <summary>The source that files are imported under.</summary>
    public const string ImportSource = "import";

    public StoreSettings Settings => settings;

    public IReadOnlyCollection<StoreSettings> All { get; } = [settings];

    public StoreSettings Find(StoreId store) =>
        store == settings.Id ? settings : throw new KeyNotFoundException($"There is no store '{store}'.");

    /// <summary>The source of a write key; every key is compared in full, so that the time taken tells nothing.</summary>
    public string? FindSource(string writeKey)
    {
        string? source = null;
        var given = Encoding.UTF8.GetBytes(writeKey);
        foreach (var (key, name) in writeKeys)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(key)))
            {
                source = name;
            }
        }

        return source;
    }

    /// <summary>Whether events of a source may state stock: those of sources that the settings name, and no others.</summary>
    public bool MayStateStock(string source) => stockSources?.Contains(source) == true;

    /// <summary>The source whose webhooks come to an address; null where there is none.</summary>
    public ShopSource? FindShop(string name) => shops.FirstOrDefault(s => s.Name == name && s.Kind != SourceKind.Ga4);

    /// <summary>The GA4 source of a measurement id; null where there is none.</summary>
    public ShopSource? FindGa4(string measurementId) =>
        shops.FirstOrDefault(s => s.Kind == SourceKind.Ga4 && s.MeasurementId == measurementId);

    /// <summary>The kind of a source; null where the settings do not name it any more.</summary>
    public SourceKind? KindOf(string source) => Sources.TryGetValue(source, out var kind) ? kind : null;

    /// <summary>The kinds of all sources by name.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources { get; } = writeKeys.Values.Distinct(StringComparer.Ordinal)
        .Select(name => (Name: name, Kind: SourceKind.Tracking))
        .Concat(shops.Select(s => (s.Name, s.Kind)))
        .Append((Name: ImportSource, Kind: SourceKind.Import))
        .DistinctBy(s => s.Name, StringComparer.Ordinal)
        .ToDictionary(s => s.Name, s => s.Kind, StringComparer.Ordinal);
}
