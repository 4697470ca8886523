using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>The store that this process keeps, and its write keys.</summary>
internal sealed class OneStore(StoreSettings settings, IReadOnlyDictionary<string, string> writeKeys) : IStores
{
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
}
