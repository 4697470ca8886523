using System.Text;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>The fields of a message of Protocol Buffers, as they lie on the wire.</summary>
internal static class ProtoMessage
{
    private const int Nested = 2;

    /// <summary>Messages, texts or packed numbers of a field.</summary>
    public static IEnumerable<byte[]> Fields(byte[] message, int number) =>
        All(message).Where(f => f.Number == number && f.Wire == Nested).Select(f => f.Bytes);

    /// <summary>The text of a field; none where it is left out.</summary>
    public static string TextOf(byte[] message, int number) => Encoding.UTF8.GetString(Fields(message, number).FirstOrDefault([]));

    /// <summary>Numbers of a field, each on its own: of one to ten bytes, or of eight.</summary>
    public static IEnumerable<ulong> Numbers(byte[] message, int number) =>
        All(message).Where(f => f.Number == number && f.Wire < Nested).Select(f => f.Value);

    /// <summary>Numbers of eight bytes of a field, which are packed.</summary>
    public static IEnumerable<ulong> Packed(byte[] message, int number) =>
        Fields(message, number).SelectMany(b => b.Chunk(8)).Select(b => BitConverter.ToUInt64(b));

    private static List<(int Number, int Wire, byte[] Bytes, ulong Value)> All(byte[] message)
    {
        var (fields, at) = (new List<(int, int, byte[], ulong)>(), 0);
        while (at < message.Length)
        {
            var (key, bytes, value) = (Varint(), Array.Empty<byte>(), 0UL);
            switch ((int)(key & 7))
            {
                case 0:
                    value = Varint();
                    break;
                case 1:
                    value = BitConverter.ToUInt64(message, at);
                    at += 8;
                    break;
                case Nested:
                    var length = (int)Varint();
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
                default:
                    at += 4;
                    break;
            }

            fields.Add(((int)(key >> 3), (int)(key & 7), bytes, value));
        }

        return fields;

        ulong Varint()
        {
            for (var (result, shift) = (0UL, 0); ; shift += 7)
            {
                var next = message[at++];
                result |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return result;
                }
            }
        }
    }
}
