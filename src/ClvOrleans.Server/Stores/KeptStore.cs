using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>A version of a store: its settings, and what sends to it.</summary>
/// <param name="Settings">What folds and models need to know.</param>
/// <param name="WriteKeys">Name of the source by write key.</param>
/// <param name="Shops">Sources that prove who they are by a secret.</param>
/// <param name="Record">The version as it is kept.</param>
internal sealed record KeptStore(
    StoreSettings Settings, IReadOnlyDictionary<string, string> WriteKeys, IReadOnlyList<ShopSource> Shops, StoreRecord Record)
{
    /// <summary>The store.</summary>
    public StoreId Id => Settings.Id;

    /// <summary>Sources of write keys whose events may state stock. Default none: keys are taken to be public.</summary>
    public IReadOnlyCollection<string> StockSources { get; init; } = [];

    /// <summary>How many customers and visitors it was made for; 0 where nobody has said.</summary>
    public int ExpectedCustomers { get; init; }

    /// <summary>Whether its key of pseudonyms is gone: nobody can say any more who its people are.</summary>
    public bool HasLostKey { get; init; }

    /// <summary>Whether it is closed, or as good as closed: it takes no events, and nothing of it is read.</summary>
    public bool IsClosed => Record.IsClosed || HasLostKey;

    /// <summary>The kinds of all sources by name.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources { get; } = WriteKeys.Values.Distinct(StringComparer.Ordinal)
        .Select(name => (Name: name, Kind: SourceKind.Tracking))
        .Concat(Shops.Select(s => (s.Name, s.Kind)))
        .Append((Name: OneStore.ImportSource, Kind: SourceKind.Import))
        .DistinctBy(s => s.Name, StringComparer.Ordinal)
        .ToDictionary(s => s.Name, s => s.Kind, StringComparer.Ordinal);

    /// <summary>Reads a version. <exception cref="FormatException">It is wrong; the message names the member.</exception></summary>
    public static KeptStore Of(StoreRecord record)
    {
        var file = StoreFileReader.Read(record.Definition);
        var settings = file.ToSettings() with
        {
            Shards = record.Shards,
            Pseudonyms = file.Pseudonyms ? record.Pseudonyms : null,
        };
        return new KeptStore(settings, file.WriteKeys, file.Sources, record)
        {
            StockSources = file.StockSources,
            ExpectedCustomers = file.ExpectedCustomers,
            HasLostKey = file.Pseudonyms && record.Pseudonyms is null,
        };
    }

    /// <summary>The source whose webhooks come to an address; null where there is none.</summary>
    public ShopSource? FindShop(string name) => Shops.FirstOrDefault(s => s.Name == name && s.Kind != SourceKind.Ga4);
}
