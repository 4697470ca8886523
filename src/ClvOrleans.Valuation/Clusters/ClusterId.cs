using System.Globalization;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Valuation.Clusters;

/// <summary>
/// The short id of a cluster, such as <c>c3</c>: kept while trainings find the cluster again, and never given to another.
/// </summary>
/// <param name="Number">Its number in the store, from 1.</param>
[JsonConverter(typeof(ClusterIdJsonConverter))]
public readonly record struct ClusterId(int Number)
{
    private const int MostDigits = 9;

    /// <summary>Reads <c>c3</c>.</summary>
    public static bool TryParse(string? text, out ClusterId id)
    {
        var number = 0;
        var isId = text is ['c', >= '1' and <= '9', ..] && text.Length <= 1 + MostDigits
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        id = isId ? new ClusterId(number) : default;
        return isId;
    }

    /// <summary>The inverse of <see cref="ToString"/>. <exception cref="FormatException">It is no id.</exception></summary>
    public static ClusterId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no cluster: c and a number was expected, such as c3.");

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"c{Number}");

    internal sealed class ClusterIdJsonConverter() : NameJsonConverter<ClusterId>(Parse, id => id.ToString());
}
