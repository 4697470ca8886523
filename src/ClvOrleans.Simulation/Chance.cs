using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MathNet.Numerics.Random;

namespace ClvOrleans.Simulation;

/// <summary>
/// Streams of chance that do not move each other: what one customer does, or how they browse, leaves all others as they are.
/// </summary>
internal static class Chance
{
    /// <summary>
    /// The stream of a seed, a customer's number and a purpose: xoshiro256** (Blackman and Vigna 2018), equal on every run.
    /// </summary>
    public static Random Of(int seed, int number, string purpose)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, seed);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], number);
        var of = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(purpose.AsSpan()));
        return new Xoshiro256StarStar(unchecked((int)XxHash64.HashToUInt64(bytes, (long)of)), threadSafe: false);
    }

    /// <summary>Whether something of this probability happens.</summary>
    public static bool Happens(this Random random, double probability) => random.NextDouble() < probability;

    /// <summary>A number between two.</summary>
    public static double Between(this Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    /// <summary>One of some.</summary>
    public static T OneOf<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>An anonymous id as browsers make it.</summary>
    public static string AnonymousId(this Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
