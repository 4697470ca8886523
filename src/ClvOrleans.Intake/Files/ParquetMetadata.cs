using System.Buffers.Binary;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Goes through Parquet's metadata (Thrift's compact protocol) before the library reads it: there, a broken count of elements that take
/// no bytes, or a field of another type than its own, would keep it in a loop of billions of steps.
/// </summary>
internal ref struct ParquetMetadata(ReadOnlySpan<byte> bytes)
{
    private const int DeepestNesting = 32;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    private enum Wire
    {
        Stop,
        True,
        False,
        Byte,
        Int16,
        Int32,
        Int64,
        Double,
        Binary,
        List,
        Set,
        Map,
        Structure,
        Uuid,
    }

    /// <summary>Checks the metadata at the end of a file. <exception cref="HistoryFormatException">It is broken.</exception></summary>
    public static void Check(FileStream file)
    {
        const int EndLength = 8;
        Span<byte> end = stackalloc byte[EndLength];
        file.Seek(-Math.Min(EndLength, file.Length), SeekOrigin.End);
        file.ReadExactly(end[..(int)Math.Min(EndLength, file.Length)]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (!end[4..].SequenceEqual("PAR1"u8) || length <= 0 || length > file.Length - EndLength - 4)
        {
            throw Broken("it does not end with its metadata; it may have been cut off");
        }

        var bytes = new byte[length];
        file.Seek(-EndLength - length, SeekOrigin.End);
        file.ReadExactly(bytes);
        file.Position = 0;
        new ParquetMetadata(bytes).Structure(ParquetShapes.File, 0);
    }

    private static HistoryFormatException Broken(string what) => new($"The Parquet file is broken: {what}.");

    private void Structure(string? name, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Broken("its metadata are nested too deep");
        }

        for (short field = 0; Next() is var head && head != 0;)
        {
            field = head >> 4 == 0 ? (short)Number() : (short)(field + (head >> 4));
            var (wire, type) = ((Wire)(head & 0xF), name is null ? null : ParquetShapes.TypeOf(name, field));
            Check(wire, type);
            if (wire is not (Wire.True or Wire.False))
            {
                Value(wire, type, depth);
            }
        }
    }

    private void Value(Wire wire, string? type, int depth)
    {
        switch (wire)
        {
            case Wire.Byte:
                Skip(1);
                break;
            case Wire.Int16 or Wire.Int32 or Wire.Int64:
                Number();
                break;
            case Wire.Double:
                Skip(8);
                break;
            case Wire.Binary:
                Skip(Varint());
                break;
            case Wire.List or Wire.Set:
                Elements(type?.Trim('[', ']'), depth);
                break;
            case Wire.Structure:
                Structure(type, depth + 1);
                break;
            case Wire.Uuid:
                Skip(16);
                break;
            default:
                throw Broken("its metadata have a field of an unknown type");
        }
    }

    // Each element takes a byte at least. The format has no lists of true and false, nor maps, in which the library could lose count.
    private void Elements(string? type, int depth)
    {
        var head = Next();
        var (wire, count) = ((Wire)(head & 0xF), head >> 4 == 0xF ? Varint() : (ulong)(head >> 4));
        Check(wire, type);
        if (count > (ulong)(_bytes.Length - _at) || wire is Wire.True or Wire.False)
        {
            throw Broken($"its metadata name {count:N0} elements, and are too short for them");
        }

        if (depth > DeepestNesting)
        {
            throw Broken("its metadata are nested too deep");
        }

        for (; count > 0; count--)
        {
            Value(wire, type, depth + 1);
        }
    }

    private static void Check(Wire wire, string? type)
    {
        var isRight = type switch
        {
            null => true,
            "bool" => wire is Wire.True or Wire.False,
            "byte" => wire == Wire.Byte,
            "i16" => wire == Wire.Int16,
            "i32" => wire == Wire.Int32,
            "i64" => wire == Wire.Int64,
            "double" => wire == Wire.Double,
            "binary" => wire == Wire.Binary,
            _ => wire == (type[0] == '[' ? Wire.List : Wire.Structure),
        };
        if (!isRight)
        {
            throw Broken("its metadata have a field of another type than the format's");
        }
    }

    private byte Next() => _at < _bytes.Length ? _bytes[_at++] : throw Broken("its metadata end within a field");

    private void Skip(ulong bytes) =>
        _at = bytes <= (ulong)(_bytes.Length - _at) ? _at + (int)bytes : throw Broken("its metadata end within a field");

    private long Number()
    {
        var number = Varint();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private ulong Varint()
    {
        var number = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Next();
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Broken("its metadata have a number that is too long");
    }
}
