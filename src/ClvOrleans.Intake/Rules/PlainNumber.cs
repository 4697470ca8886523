using System.Globalization;
using System.Text.RegularExpressions;

namespace ClvOrleans.Intake.Rules;

/// <summary>
/// Numbers as people write them (a sign, digits, one point, an exponent), worked on as text: nothing passes through a double, and
/// 42, 42.0 and 4.2e1 are the same.
/// </summary>
internal static partial class PlainNumber
{
    private const int MostDigits = 400;

    // A decimal holds 28 digits whatever they are.
    private const int DecimalDigits = 28;

    /// <summary>The shortest way to write a number without an exponent; null where it is none, or longer than 400 digits.</summary>
    public static string? Shortest(string text)
    {
        var match = Form().Match(text);
        if (!match.Success
            || !int.TryParse("0" + match.Groups["exponent"].Value.TrimStart('+', '-'), CultureInfo.InvariantCulture, out var exponent))
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        var digits = (match.Groups["whole"].Value + fraction).TrimStart('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        if (exponent > MostDigits || digits.Length > MostDigits)
        {
            return null;
        }

        var power = (match.Groups["exponent"].Value.StartsWith('-') ? -exponent : exponent) - fraction.Length;
        var sign = match.Groups["sign"].Value == "-" ? "-" : "";
        if (power >= 0)
        {
            return sign + digits + new string('0', power);
        }

        digits = digits.PadLeft(1 - power, '0');
        var point = digits.Length + power;
        var decimals = digits[point..].TrimEnd('0');
        return decimals.Length == 0 ? sign + digits[..point] : $"{sign}{digits[..point]}.{decimals}";
    }

    /// <summary>
    /// The number as a decimal; false where it is none or does not fit. Of more than 28 digits the rest is cut off, and a last digit of
    /// 0 or 5 raised where something was cut, so that rounding it to minor units later rounds once.
    /// </summary>
    public static bool TryRead(string text, out decimal number)
    {
        number = 0;
        if (Shortest(text) is not { } plain)
        {
            return false;
        }

        if (plain.Length > DecimalDigits && plain.IndexOf('.', StringComparison.Ordinal) is > 0 and < DecimalDigits - 1)
        {
            var last = plain[DecimalDigits - 1];
            plain = plain[..(DecimalDigits - 1)] + (last is '0' or '5' ? (char)(last + 1) : last);
        }

        return decimal.TryParse(
            plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(
        @"^(?<sign>[+-])?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<exponent>[+-]?[0-9]+))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
