using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClvOrleans.Domain;

/// <summary>
/// What is costly to make, kept by what it is made of. When there are as many as it may have, all are forgotten, and those that are still
/// asked for are made again. Safe to use from any thread.
/// </summary>
/// <param name="most">How many are kept at most.</param>
/// <param name="comparer">Which keys are equal; null for those that are by themselves.</param>
public sealed class BoundedCache<TKey, TValue>(int most, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _known = new(comparer);

    /// <summary>How many are kept now.</summary>
    public int Count => _known.Count;

    /// <summary>Finds what is kept.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _known.TryGetValue(key, out value);

    /// <summary>Keeps a value, unless another one is kept by then. <returns>The one that is kept.</returns></summary>
    public TValue Add(TKey key, TValue value)
    {
        if (_known.Count >= most)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(key, value);
    }
}
