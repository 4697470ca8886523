using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Stores;

/// <summary>
/// What a silo has read of each store: current on the silo that changed it and said so, at most so old on others.
/// </summary>
/// <param name="age">How old it may be.</param>
/// <param name="time">The clock.</param>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class StoreCache<T>(TimeSpan age, TimeProvider time)
    where T : class
{
    private readonly ConcurrentDictionary<StoreId, (T Value, long ReadAt)> _values = new();
    private long _changes;

    /// <summary>What was read, if it is not too old.</summary>
    public bool TryFind(StoreId store, [NotNullWhen(true)] out T? value)
    {
        value = _values.TryGetValue(store, out var known) && time.GetElapsedTime(known.ReadAt) < age ? known.Value : null;
        return value is not null;
    }

    /// <summary>What was read last, however old it is; null where nothing was.</summary>
    public T? FindLast(StoreId store) => _values.TryGetValue(store, out var known) ? known.Value : null;

    /// <summary>Reads anew.</summary>
    public async Task<T> ReadAsync(StoreId store, Func<Task<T>> read)
    {
        var (readAt, changes) = (time.GetTimestamp(), Interlocked.Read(ref _changes));
        var value = await read();
        _values[store] = (value, readAt);
        if (changes != Interlocked.Read(ref _changes))
        {
            // It changed while it was read: this may be the old one.
            _values.TryRemove(store, out _);
        }

        return value;
    }

    /// <summary>Has the next look read anew.</summary>
    public void Forget(StoreId store)
    {
        Interlocked.Increment(ref _changes);
        _values.TryRemove(store, out _);
    }
}
