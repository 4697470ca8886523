using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace ClvOrleans.Fuzzing.Tests.Engine;

/// <summary>
/// Which branches ran one after the other, and about how often: what American Fuzzy Lop keeps. Counters are of the process, so that one
/// input runs at a time.
/// </summary>
internal sealed unsafe class Coverage
{
    /// <summary>How many counters there are.</summary>
    public const int Size = 1 << 16;

    private readonly byte[] _seen = new byte[Size];

    /// <summary>How many pairs of branches have run.</summary>
    public int Pairs { get; private set; }

    /// <summary>Forgets what ran.</summary>
    public static void Clear()
    {
        NativeMemory.Clear(Trace.SharedMem, Size);
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds what ran since; whether something had not run before, or not so often.</summary>
    public bool Add()
    {
        var counters = new ReadOnlySpan<byte>(Trace.SharedMem, Size);
        var isNew = false;
        for (var at = 0; (at = Next(counters, at)) < Size; at++)
        {
            var often = (byte)(1 << BitOperations.Log2(counters[at]));
            if ((_seen[at] & often) == 0)
            {
                Pairs += _seen[at] == 0 ? 1 : 0;
                _seen[at] |= often;
                isNew = true;
            }
        }

        return isNew;
    }

    private static int Next(ReadOnlySpan<byte> counters, int from)
    {
        var next = counters[from..].IndexOfAnyExcept((byte)0);
        return next < 0 ? Size : from + next;
    }
}
