using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Server.Api;

/// <summary>Positions in lists as opaque text.</summary>
internal static class Cursor
{
    public static string? Write(HeadPosition? position) => position is null
        ? null
        : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{position.Key} {position.Customer}")));

    public static bool TryRead(string? text, out HeadPosition? position)
    {
        position = null;
        if (text is null)
        {
            return true;
        }

        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        if (parts.Length != 2 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var key))
        {
            return false;
        }

        position = new HeadPosition(key, parts[1]);
        return true;
    }
}
