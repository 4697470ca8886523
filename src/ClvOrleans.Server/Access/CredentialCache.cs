using System.Collections.Concurrent;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>
/// Credentials as the store has them, each read again after <see cref="Lease"/>. Whoever revokes one waits as long before answering, so
/// that no silo accepts it from the answer on, not even one that the others cannot reach.
/// </summary>
internal sealed class CredentialCache(ICredentials credentials, TimeProvider time)
{
    /// <summary>For how long a read is good, counted from before it began.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(100);

    /// <summary>Most credentials that are remembered.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>The credential of an id, valid or not; null where there is none.</summary>
    /// <exception cref="Storage.StorageUnavailableException">The store cannot be read.</exception>
    public ValueTask<Credential?> FindAsync(string id) =>
        _entries.TryGetValue(id, out var known) && time.GetElapsedTime(known.Since) < Lease
            ? new ValueTask<Credential?>(known.Read.Value)
            : ReadAsync(id, known);

    /// <summary>Waits until every silo has read again what was read before now.</summary>
    public Task ExpireAsync() => Task.Delay(Lease, time);

    private async ValueTask<Credential?> ReadAsync(string id, Entry? known)
    {
        // Who comes meanwhile waits for the same read: it begins after they came.
        var entry = new Entry(time.GetTimestamp(), new Lazy<Task<Credential?>>(() => credentials.FindAsync(id)));
        var isOurs = known is null ? _entries.TryAdd(id, entry) : _entries.TryUpdate(id, entry, known);
        if (known is null && isOurs && Interlocked.Increment(ref _count) > Most)
        {
            Forget();
        }

        if (!isOurs && _entries.TryGetValue(id, out var other) && time.GetElapsedTime(other.Since) < Lease)
        {
            entry = other;
        }

        try
        {
            var found = await entry.Read.Value;
            if (found is null)
            {
                Remove(id, entry); // Guesses take no memory.
            }

            return found;
        }
        catch
        {
            Remove(id, entry);
            throw;
        }
    }

    private void Remove(string id, Entry entry)
    {
        if (_entries.TryRemove(KeyValuePair.Create(id, entry)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void Forget()
    {
        _entries.Clear();
        Interlocked.Exchange(ref _count, 0);
    }

    private sealed record Entry(long Since, Lazy<Task<Credential?>> Read);
}
