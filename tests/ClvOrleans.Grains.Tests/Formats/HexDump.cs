using System.Text;

namespace ClvOrleans.Grains.Tests.Formats;

/// <summary>Bytes as people can compare them: 32 in a line as hexadecimal digits, and beside these what can be read of them.</summary>
internal static class HexDump
{
    private const int Width = 32;

    public static string Of(byte[] bytes) => string.Concat(bytes.Chunk(Width).Select(
        line => $"{Convert.ToHexStringLower(line).PadRight(2 * Width)} {Readable(line)}\n"));

    public static byte[] Parse(string dump)
    {
        var digits = new StringBuilder();
        foreach (var line in dump.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            digits.Append(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)));
        }

        return Convert.FromHexString(digits.ToString());
    }

    private static string Readable(byte[] line) => string.Concat(line.Select(b => b is > 32 and < 127 ? (char)b : '.'));
}
