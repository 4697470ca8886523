using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// The encoding of bytes beyond ASCII, without a mark. UTF-8 is told by its form. GB18030 puts Chinese characters in pairs of bytes, and
/// Windows-1252 single letters with accents among plain ones; what may be either, or neither, has to be said.
/// </summary>
internal static class EncodingGuess
{
    private const int ShownCharacters = 40;

    private static readonly Encoding Western = FileEncodings.Find("windows-1252")!;
    private static readonly Encoding Chinese = FileEncodings.Find("gb18030")!;

    /// <param name="before">The byte before them.</param>
    /// <param name="bytes">The bytes from the first beyond ASCII on.</param>
    /// <param name="isWhole">Whether the file ends with them; else the last character may be cut.</param>
    /// <exception cref="HistoryFormatException">Nothing tells.</exception>
    public static Encoding Of(byte before, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (IsUtf8(bytes, isWhole))
        {
            return Encoding.UTF8;
        }

        var (isChinese, isWestern) = (IsGb18030(bytes, isWhole), IsWindows1252(before, bytes));
        return (isChinese, isWestern) switch
        {
            (true, false) => Chinese,
            (false, true) => Western,
            _ => throw new HistoryFormatException(
                "The text is not UTF-8, and its bytes do not tell what else it is: beyond plain letters it begins "
                    + $"'{Shown(Western, bytes)}' in windows-1252 and '{Shown(Chinese, bytes)}' in gb18030. Say it with --encoding."),
        };
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                return !isWhole;
            }

            if (status != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            bytes = bytes[length..];
            var next = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            bytes = next < 0 ? [] : bytes[next..];
        }

        return true;
    }

    // Characters of two bytes, or of four; most of Chinese text are the 3,755 common ones, or punctuation.
    private static bool IsGb18030(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var (characters, common) = (0, 0);
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            var length = LengthOf(bytes[i..]);
            if (length == 0)
            {
                return false;
            }

            if (i + length > bytes.Length)
            {
                return !isWhole && common * 2 >= characters;
            }

            characters++;
            common += bytes[i] is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xD7) && bytes[i + 1] >= 0xA1 ? 1 : 0;
            i += length;
        }

        return common * 2 >= characters;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x80 or 0xFF, ..] => 0,
        [_] => 2,
        [_, (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE), ..] => 2,
        [_, >= 0x30 and <= 0x39] or [_, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE] => 4,
        [_, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..] => 4,
        _ => 0,
    };

    // Letters with accents stand alone among plain letters, and signs stand outside words. Text of another alphabet has long runs of bytes
    // beyond ASCII; that of another Latin code page has what are signs here within its words.
    private static bool IsWindows1252(byte before, ReadOnlySpan<byte> bytes)
    {
        var (high, runs) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            var last = (char)(i == 0 ? before : bytes[i - 1]);
            if (bytes[i] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D || (IsSign(bytes[i]) && char.IsAsciiLetter(last)))
            {
                return false;
            }

            high++;
            runs += i + 1 < bytes.Length && bytes[i + 1] >= 0x80 ? 1 : 0;
        }

        return runs * 4 <= high;
    }

    private static bool IsSign(byte value) =>
        value is < 0xC0
            and not (0x8A or 0x8C or 0x8E or 0x92 or 0x93 or 0x94 or 0x96 or 0x97 or 0x99)
            and not (0x9A or 0x9C or 0x9E or 0x9F or 0xA0 or 0xAA or 0xAE or 0xBA);

    private static string Shown(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.GetString(bytes[..Math.Min(bytes.Length, ShownCharacters)]);
        return text.Split('\n', '\r')[0];
    }
}
