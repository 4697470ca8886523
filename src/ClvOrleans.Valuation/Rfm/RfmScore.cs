using System.Globalization;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Valuation.Rfm;

/// <summary>
/// How lately, how often and for how much a customer has bought, each from 1 to 5, the best: a cell of the RFM grid (Hughes 1994).
/// </summary>
/// <param name="Recency">The fewer days since the last purchase, the higher.</param>
/// <param name="Frequency">The more orders, the higher.</param>
/// <param name="Monetary">The more spent, the higher.</param>
[JsonConverter(typeof(RfmScoreJsonConverter))]
public readonly record struct RfmScore(byte Recency, byte Frequency, byte Monetary)
{
    /// <summary>The best score.</summary>
    public const int Best = 5;

    private static readonly string[] Texts = [.. All.Select(s => string.Create(
        CultureInfo.InvariantCulture, $"{s.Recency}-{s.Frequency}-{s.Monetary}"))];

    /// <summary>All cells, the worst first.</summary>
    public static IEnumerable<RfmScore> All =>
        from recency in Enumerable.Range(1, Best)
        from frequency in Enumerable.Range(1, Best)
        from monetary in Enumerable.Range(1, Best)
        select new RfmScore((byte)recency, (byte)frequency, (byte)monetary);

    /// <summary>The three digits, such as 545: as customer rows hold it.</summary>
    public int Number => (100 * Recency) + (10 * Frequency) + Monetary;

    /// <summary>The cell of three digits.</summary>
    public static RfmScore OfNumber(int number) => new((byte)(number / 100), (byte)(number / 10 % 10), (byte)(number % 10));

    /// <summary>Reads <c>5-4-5</c>.</summary>
    public static bool TryParse(string text, out RfmScore score)
    {
        var place = Array.IndexOf(Texts, text);
        score = place < 0 ? default : Of(place);
        return place >= 0;
    }

    /// <summary>The inverse of <see cref="ToString"/>. <exception cref="FormatException">It is no cell.</exception></summary>
    public static RfmScore Parse(string text) =>
        TryParse(text, out var score)
            ? score
            : throw new FormatException($"'{text}' is no RFM score: 5-4-5 was expected, each from 1 to 5.");

    /// <inheritdoc />
    public override string ToString() => Texts[(((Recency - 1) * Best) + Frequency - 1) * Best + Monetary - 1];

    private static RfmScore Of(int place) =>
        new((byte)((place / (Best * Best)) + 1), (byte)((place / Best % Best) + 1), (byte)((place % Best) + 1));

    internal sealed class RfmScoreJsonConverter() : NameJsonConverter<RfmScore>(Parse, score => score.ToString());
}
