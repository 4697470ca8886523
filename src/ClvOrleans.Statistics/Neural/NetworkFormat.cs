using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural;

/// <summary>
/// Bytes of a network, little-endian as every machine in use is: "CLVN", format version 1, bytes of a number (4 or 8); the head; the
/// layers, each a kind and its sizes as 32-bit integers, nested; all parameters; XXH64 of everything before it.
/// </summary>
internal static class NetworkFormat
{
    private const byte Version = 1;
    private const int MostParameters = 1 << 28;

    private enum Kind : byte
    {
        Chain = 1,
        Beside = 2,
        Dense = 3,
        Relu = 4,
        Dropout = 5,
        Convolution = 6,
        MaxPool = 7,
        Gru = 8,
        SquaredError = 65,
        ZeroInflatedLognormal = 66,
    }

    public static byte[] Write<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("CLVN"u8);
        writer.Write(Version);
        writer.Write((byte)Unsafe.SizeOf<T>());
        WriteHead(writer, network.Head);
        WriteLayer(writer, network.Body);
        WriteNumbers(writer, network.Parameters);
        writer.Write(XxHash64.HashToUInt64(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    public static Network<T> Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int checksum = sizeof(ulong);
        if (bytes.Length < 6 + checksum || !bytes.StartsWith("CLVN"u8))
        {
            throw new InvalidDataException("These bytes are not a network.");
        }

        if (bytes[4] != Version)
        {
            throw new InvalidDataException($"The network has format {bytes[4]}; this build reads {Version}.");
        }

        if (bytes[5] != Unsafe.SizeOf<T>())
        {
            throw new InvalidDataException($"The network has numbers of {bytes[5]} bytes, not {Unsafe.SizeOf<T>()}.");
        }

        if (XxHash64.HashToUInt64(bytes[..^checksum]) != BinaryPrimitives.ReadUInt64LittleEndian(bytes[^checksum..]))
        {
            throw new InvalidDataException("The network is damaged: its checksum does not fit.");
        }

        using var stream = new MemoryStream(bytes[6..^checksum].ToArray());
        using var reader = new BinaryReader(stream);
        try
        {
            var head = ReadHead<T>(reader);
            var body = ReadLayer<T>(reader) as Sequential<T>
                ?? throw new InvalidDataException("The network does not begin with a chain of layers.");
            if (body.Parameters is < 0 or > MostParameters || (long)body.Parameters * Unsafe.SizeOf<T>() != stream.Length - stream.Position)
            {
                throw new InvalidDataException("The network's parameters do not fit its layers.");
            }

            return new Network<T>(body, head, ReadNumbers<T>(reader, body.Parameters));
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("The network's layers do not fit each other: " + e.Message, e);
        }
    }

    private static void WriteHead<T>(BinaryWriter writer, IOutputLayer<T> head)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (kind, number) = head switch
        {
            SquaredError<T> h => (Kind.SquaredError, h.Scale),
            ZeroInflatedLognormal<T> h => (Kind.ZeroInflatedLognormal, h.Ceiling),
            _ => throw new NotSupportedException($"A head of type {head.GetType().Name} has no bytes."),
        };
        writer.Write((byte)kind);
        WriteNumbers(writer, [number]);
    }

    private static IOutputLayer<T> ReadHead<T>(BinaryReader reader)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kind = (Kind)reader.ReadByte();
        var number = ReadNumbers<T>(reader, 1)[0];
        return kind switch
        {
            Kind.SquaredError => new SquaredError<T>(number),
            Kind.ZeroInflatedLognormal => new ZeroInflatedLognormal<T>(number),
            _ => throw new InvalidDataException($"The network has a head of unknown kind {(byte)kind}."),
        };
    }

    private static void WriteLayer<T>(BinaryWriter writer, ILayer<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (layer)
        {
            case Sequential<T> l:
                Sizes(Kind.Chain, l.Layers.Length);
                foreach (var inner in l.Layers)
                {
                    WriteLayer(writer, inner);
                }

                break;
            case Concatenate<T> l:
                Sizes(Kind.Beside, l.Passed);
                WriteLayer(writer, l.Encoder);
                break;
            case Dense<T> l:
                Sizes(Kind.Dense, l.Inputs, l.Outputs);
                break;
            case Relu<T> l:
                Sizes(Kind.Relu, l.Inputs);
                break;
            case Dropout<T> l:
                Sizes(Kind.Dropout, l.Inputs);
                writer.Write(l.Rate);
                break;
            case Convolution<T> l:
                Sizes(Kind.Convolution, l.Steps, l.Channels, l.Filters, l.Width);
                break;
            case MaxPool<T> l:
                Sizes(Kind.MaxPool, l.Steps, l.Channels, l.Window);
                break;
            case Gru<T> l:
                Sizes(Kind.Gru, l.Steps, l.Channels, l.Hidden);
                break;
            default:
                throw new NotSupportedException($"A layer of type {layer.GetType().Name} has no bytes.");
        }

        void Sizes(Kind kind, params ReadOnlySpan<int> sizes)
        {
            writer.Write((byte)kind);
            foreach (var size in sizes)
            {
                writer.Write(size);
            }
        }
    }

    private static ILayer<T> ReadLayer<T>(BinaryReader reader, int depth = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kind = (Kind)reader.ReadByte();
        return kind switch
        {
            _ when depth > 8 => throw new InvalidDataException("The network's layers are nested too deep."),
            Kind.Chain => new Sequential<T>([.. Enumerable.Range(0, Size()).Select(_ => ReadLayer<T>(reader, depth + 1))]),
            Kind.Beside => ReadBeside(Size(0)),
            Kind.Dense => new Dense<T>(Size(), Size()),
            Kind.Relu => new Relu<T>(Size()),
            Kind.Dropout => new Dropout<T>(Size(), reader.ReadDouble()),
            Kind.Convolution => new Convolution<T>(Size(), Size(), Size(), Size()),
            Kind.MaxPool => new MaxPool<T>(Size(), Size(), Size()),
            Kind.Gru => new Gru<T>(Size(), Size(), Size()),
            _ => throw new InvalidDataException($"The network has a layer of unknown kind {(byte)kind}."),
        };

        Concatenate<T> ReadBeside(int passed) => new(ReadLayer<T>(reader, depth + 1), passed);

        int Size(int least = 1)
        {
            var size = reader.ReadInt32();
            return size >= least && size <= 1 << 20 ? size : throw new InvalidDataException($"The network has a layer of size {size}.");
        }
    }

    private static void WriteNumbers<T>(BinaryWriter writer, ReadOnlySpan<T> numbers)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(numbers));

    private static T[] ReadNumbers<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
