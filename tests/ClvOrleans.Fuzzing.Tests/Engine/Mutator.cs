namespace ClvOrleans.Fuzzing.Tests.Engine;

/// <summary>Changes inputs: bits, bytes, pieces, words of the format, and pieces of other inputs.</summary>
/// <param name="random">What decides.</param>
/// <param name="words">Words of the format.</param>
/// <param name="longest">The longest input, in bytes.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words, int longest)
{
    private static readonly byte[] Odd =
        [0, 1, 9, 10, 13, (byte)'"', (byte)'\'', (byte)',', (byte)';', 0x7F, 0x80, 0xC3, 0xED, 0xFE, 0xFF];

    /// <summary>A child of an input, and where it takes from a second one also of that.</summary>
    public byte[] Next(byte[] parent, byte[] other)
    {
        var bytes = new List<byte>(parent);
        for (var changes = 1 << random.Next(5); changes > 0; changes--)
        {
            Change(bytes, other);
        }

        return [.. bytes.Take(longest)];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(1 << random.Next(7), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)(bytes[at] + random.Next(-16, 17));
                break;
            case 3:
                bytes.Insert(at, Odd[random.Next(Odd.Length)]);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 << random.Next(7), other.Length - from)).ToArray());
                break;
            case 8 when other.Length > 0:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length)).ToArray());
                break;
            default:
                bytes.InsertRange(at, words[random.Next(words.Count)]);
                break;
        }
    }
}
