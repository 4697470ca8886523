using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Orders that were read to their end, as hashes of 128 bits: a later line of one would be taken for a repetition and be lost.
/// </summary>
internal sealed class SeenOrders
{
    private readonly HashSet<UInt128> _seen = [];

    public bool Contains(string key) => _seen.Contains(Hash(key));

    public void Add(string key) => _seen.Add(Hash(key));

    private static UInt128 Hash(string key) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(key.AsSpan()));
}
