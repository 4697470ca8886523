using System.Collections.Immutable;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Numbers of 4 bytes in order, each once: a fourth at most of the room is spare, where a hash table takes up to eight times as much.
/// </summary>
internal sealed class FingerprintSet
{
    private const int LeastSpare = 8;
    private uint[] _sorted;

    /// <summary>Makes it of numbers in any order.</summary>
    public FingerprintSet(ReadOnlySpan<uint> numbers)
    {
        _sorted = numbers.ToArray();
        Count = _sorted.Length;
        Array.Sort(_sorted);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>For how many there is room.</summary>
    public int Capacity => _sorted.Length;

    public bool Contains(uint number) => Find(number) >= 0;

    /// <summary>Adds a number; false where it is there already.</summary>
    public bool Add(uint number)
    {
        if (Find(number) is var place && place >= 0)
        {
            return false;
        }

        if (Count == _sorted.Length)
        {
            Array.Resize(ref _sorted, Count + (Count / 4) + LeastSpare);
        }

        Array.Copy(_sorted, ~place, _sorted, ~place + 1, Count - ~place);
        _sorted[~place] = number;
        Count++;
        return true;
    }

    /// <summary>The numbers in order.</summary>
    public ImmutableArray<uint> ToImmutableArray() => [.. _sorted.AsSpan(0, Count)];

    private int Find(uint number) => Array.BinarySearch(_sorted, 0, Count, number);
}
