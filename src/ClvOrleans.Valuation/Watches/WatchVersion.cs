using System.Globalization;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Which definitions a list of watches holds: the revisions of the store's own segments and of its policies. Both only
/// grow.</summary>
/// <param name="Segments">Revision of the segments; 0 where there never was one.</param>
/// <param name="Policies">Revision of the policies; 0 where there never was one.</param>
public readonly record struct WatchVersion(long Segments, long Policies)
{
    /// <summary>The revision of one kind.</summary>
    public long Of(WatchKind kind) => kind == WatchKind.Segment ? Segments : Policies;

    /// <summary>The inverse of <see cref="ToString"/>. <exception cref="FormatException">It is no version.</exception></summary>
    public static WatchVersion Parse(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        return new WatchVersion(
            long.Parse(text.AsSpan(0, Math.Max(0, point)), NumberStyles.None, CultureInfo.InvariantCulture),
            long.Parse(text.AsSpan(point + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>Such as <c>12.3</c>; empty where nothing was ever defined, as in rows of earlier versions.</summary>
    public override string ToString() =>
        this == default ? "" : string.Create(CultureInfo.InvariantCulture, $"{Segments}.{Policies}");
}
