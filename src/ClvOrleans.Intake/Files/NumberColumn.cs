using System.Globalization;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Tells the decimal sign from a file's amounts, by the first that can be read in one way only: 12,50 and 1.234,50 have a comma. Read one
/// by one, 1.250 would be a thousandth of what it is, and nobody would be told.
/// </summary>
internal sealed class NumberColumn
{
    private const int Group = 3;

    private (string Column, string Text, long Line)? _ambiguous;
    private DecimalSign? _sign;

    /// <summary>Whether the sign is known, or no number yet needs it.</summary>
    public bool IsTold => _sign is not null || _ambiguous is null;

    /// <summary>Looks at the next amount.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="text">The amount, without any currency.</param>
    /// <param name="line">Its line.</param>
    /// <param name="isWhole">Whether its currency has no minor units, and so its amounts no decimals.</param>
    public void Look(string column, string text, long line, bool isWhole)
    {
        if (_sign is null && SignOf(text, isWhole, out var isAmbiguous) is var sign)
        {
            _sign = sign;
            _ambiguous ??= isAmbiguous ? (column, text, line) : null;
        }
    }

    /// <summary>The decimal sign; null where no number has needed one.</summary>
    /// <param name="delimiter">
    /// What stands between fields: with a semicolon, a comma is the decimal sign unless the numbers say otherwise.
    /// </param>
    /// <exception cref="HistoryFormatException">Every number can be read both ways.</exception>
    public DecimalSign? Decide(char delimiter) =>
        _sign ?? (delimiter == ';' ? DecimalSign.Comma
            : _ambiguous is not { } example ? null
            : throw Undecided(example.Column, example.Text, example.Line));

    private static HistoryFormatException Undecided(string column, string text, long line) => new(
        $"{column}: '{text}' in line {line} is {Readings(text)}, and no amount of the file tells which is meant: say it with --decimal "
            + "point or --decimal comma.");

    /// <summary>The decimal sign that a number shows; null where it shows none, which may be since it is ambiguous.</summary>
    public static DecimalSign? SignOf(string text, bool isWhole, out bool isAmbiguous) =>
        FindSign(text, isWhole, out isAmbiguous) is { } sign && AmountRules.TryRead(text, FormOf(sign), out _) ? sign : null;

    private static DecimalSign? FindSign(string text, bool isWhole, out bool isAmbiguous)
    {
        isAmbiguous = false;
        var (point, comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        if (point < 0 && comma < 0)
        {
            return null;
        }

        if (point >= 0 && comma >= 0)
        {
            return point > comma ? DecimalSign.Point : DecimalSign.Comma;
        }

        var last = Math.Max(point, comma);
        var (sign, other) = point >= 0 ? (DecimalSign.Point, DecimalSign.Comma) : (DecimalSign.Comma, DecimalSign.Point);
        var before = text.AsSpan(0, last).TrimStart("+-");
        if (before.Contains(text[last]))
        {
            return other;
        }

        var after = text.AsSpan(last + 1);
        if (after.Length != Group || before.Length is 0 or > Group || before[0] == '0' || !IsDigits(before) || !IsDigits(after))
        {
            return sign;
        }

        isAmbiguous = !isWhole;
        return isWhole ? other : null;
    }

    private static NumberForm FormOf(DecimalSign sign) => sign == DecimalSign.Point ? NumberForm.Point : NumberForm.Comma;

    /// <summary>Both readings of a number, for people.</summary>
    public static string Readings(string text)
    {
        AmountRules.TryRead(text, NumberForm.Point, out var point);
        AmountRules.TryRead(text, NumberForm.Comma, out var comma);
        return string.Create(
            CultureInfo.InvariantCulture, $"{point:0.######} with a decimal point and {comma:0.######} with a decimal comma");
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
