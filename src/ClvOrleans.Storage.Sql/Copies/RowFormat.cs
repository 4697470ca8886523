using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>
/// The bytes of a row: for each value a kind (0 null, 1 whole number, 2 double, 3 text, 4 bytes), then eight bytes, or a length of four
/// bytes and UTF-8 or the bytes. Numbers have their lowest byte first.
/// </summary>
internal static class RowFormat
{
    public static void Write(object?[] row, IBufferWriter<byte> to)
    {
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    to.GetSpan(1)[0] = 0;
                    to.Advance(1);
                    break;
                case long number:
                    Number(to, 1, number);
                    break;
                case double number:
                    Number(to, 2, BitConverter.DoubleToInt64Bits(number));
                    break;
                case string text:
                    var length = Encoding.UTF8.GetByteCount(text);
                    Encoding.UTF8.GetBytes(text, Sized(to, 3, length));
                    to.Advance(length);
                    break;
                case byte[] bytes:
                    bytes.CopyTo(Sized(to, 4, bytes.Length));
                    to.Advance(bytes.Length);
                    break;
                default:
                    throw new InvalidDataException($"A value of a table is a {value.GetType()}, which copies do not know.");
            }
        }
    }

    /// <exception cref="EndOfStreamException">The stream ends within a row.</exception>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static object?[] Read(BinaryReader from, int columns)
    {
        var row = new object?[columns];
        for (var i = 0; i < columns; i++)
        {
            row[i] = from.ReadByte() switch
            {
                0 => null,
                1 => from.ReadInt64(),
                2 => BitConverter.Int64BitsToDouble(from.ReadInt64()),
                3 => Encoding.UTF8.GetString(Bytes(from)),
                4 => Bytes(from),
                var kind => throw new InvalidDataException($"The kind of a value is {kind}, which is none."),
            };
        }

        return row;
    }

    private static byte[] Bytes(BinaryReader from)
    {
        var length = from.ReadInt32();
        var bytes = length < 0 ? throw new InvalidDataException("The length of a value is negative.") : from.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    private static void Number(IBufferWriter<byte> to, byte kind, long number)
    {
        var span = to.GetSpan(9);
        span[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number);
        to.Advance(9);
    }

    private static Span<byte> Sized(IBufferWriter<byte> to, byte kind, int length)
    {
        var span = to.GetSpan(5);
        span[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], length);
        to.Advance(5);
        return to.GetSpan(Math.Max(length, 1));
    }
}
