using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ClvOrleans.Storage.CustomerRows;

namespace ClvOrleans.Server.Api;

/// <summary>
/// A position in a list, as opaque text. It carries the list it belongs to and its cut of the tier, so that thresholds may move between
/// pages.
/// </summary>
/// <param name="List">Names sort and filters; without spaces.</param>
/// <param name="From">Lowest bucket of the list.</param>
/// <param name="Below">Bucket above the highest one.</param>
/// <param name="Position">The last row given.</param>
internal sealed record Cursor(string List, int From, int Below, CustomerRowPosition Position)
{
    /// <summary>More characters no cursor has: an id of 255, in Base64 of its UTF-8, and what is before it.</summary>
    public const int Longest = 2_048;

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{List} {From} {Below} {Position.Key} {Position.Customer}")));

    /// <summary>Reads a cursor of this list; null for other texts.</summary>
    public static Cursor? Read(string text, string list)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 5);
        return parts.Length == 5 && parts[0] == list
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var from)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var below)
            && long.TryParse(parts[3], CultureInfo.InvariantCulture, out var key)
            ? new Cursor(list, from, below, new CustomerRowPosition(key, parts[4]))
            : null;
    }
}
