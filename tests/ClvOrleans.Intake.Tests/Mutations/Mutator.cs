using System.IO.Compression;
using System.Text;

namespace ClvOrleans.Intake.Tests.Mutations;

/// <summary>Makes a mutant of a file: a few changes of the kinds that transports, spreadsheets, scripts and attackers make.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, int seed)
{
    private const int MostBytes = 20_000;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "\0", "\\", "\\ud800", "\\u0000", "\uFEFF", "\uFFFD", "\u2028",
            "sep=;\n", "{", "}", "[", "]", ":", "null",
            "true", "NaN", "-", "-1", "0", "1e308", "1E+15", "7.0123E+12", "99999999999999999999999999999999999999999", ".", ",50",
            "1.234,56", "€", "2024-02-30", "9999-12-31T23:59:60Z",
            "0001-01-01", "13/13/2024", "1743674400", "undefined", "[object Object]", "anna@Example.COM", "refunded", "{\"batch\":[",
            "\"type\":\"alias\",", "\"sentAt\":\"9999-01-01\",",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B], [0xC3], [0xED, 0xA0, 0x80], [0x50, 0x4B, 3, 4], [0x80], [0xD6, 0xD0],
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next mutant.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(Pick());
        for (var changes = _random.Next(1, 7); changes > 0 && bytes.Count is > 0 and < MostBytes; changes--)
        {
            Change(bytes);
        }

        return _random.Next(40) switch
        {
            0 => Zip(bytes),
            1 when bytes.Count > 0 => Zip(bytes)[..^_random.Next(1, 12)],
            2 => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Encoding.Latin1.GetString([.. bytes]))).ToArray(),
            _ => [.. bytes],
        };
    }

    private void Change(List<byte> bytes)
    {
        var (at, length) = (_random.Next(bytes.Count), _random.Next(1, 40));
        length = Math.Min(length, bytes.Count - at);
        switch (_random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                var other = Pick();
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(1, 400))]);
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Repeat(Token(), _random.Next(1, 200)).SelectMany(t => t));
                break;
            default:
                bytes.InsertRange(at, Token());
                break;
        }
    }

    private byte[] Pick() => corpus[_random.Next(corpus.Count)];

    private byte[] Token() => Tokens[_random.Next(Tokens.Length)];

    private static byte[] Zip(List<byte> bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write([.. bytes]);
        }

        return zipped.ToArray();
    }
}
