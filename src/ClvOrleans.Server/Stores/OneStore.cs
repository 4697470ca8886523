using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>
/// The store that a request or a service is about. Services that take it are made once for each store
/// (<see cref="PerStoreServices"/>); its settings are those of now.
/// </summary>
internal sealed class OneStore(Func<KeptStore> now)
{
    /// <summary>The source that files are imported under.</summary>
    public const string ImportSource = "import";

    /// <summary>A store whose settings stay as they are.</summary>
    public OneStore(StoreSettings settings, IReadOnlyDictionary<string, string> writeKeys, IReadOnlyList<ShopSource> shops)
        : this(new KeptStore(settings, writeKeys, shops, StoreRecord.Of(settings.Id)))
    {
    }

    private OneStore(KeptStore store)
        : this(() => store)
    {
    }

    public StoreSettings Settings => now().Settings;

    /// <summary>Refuses what is told exactly or not at all. <exception cref="NoiseException">The store has noise.</exception></summary>
    /// <param name="what">What is told.</param>
    public void CheckTellsExactly(string what)
    {
        if (Settings.Noise is not null)
        {
            throw new NoiseException(what, "ask for the reports risk and cohorts, or for /segments");
        }
    }

    /// <summary>The kinds of all sources by name.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources => now().Sources;

    /// <summary>The source whose webhooks come to an address; null where there is none.</summary>
    public ShopSource? FindShop(string name) => now().FindShop(name);

    /// <summary>Whether events of a source may state stock: those of sources that the settings name, and no others.</summary>
    public bool MayStateStock(string source) => now().StockSources.Contains(source);

    /// <summary>The kind of a source; null where the settings do not name it any more.</summary>
    public SourceKind? KindOf(string source) => Sources.TryGetValue(source, out var kind) ? kind : null;
}
