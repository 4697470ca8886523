using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ClvOrleans.Intake.Rules;

/// <summary>
/// Exact decimals of texts. One text may have several readings: <c>1.250</c> is another number where the comma is the decimal sign.
/// </summary>
public static partial class AmountRules
{
    /// <summary>The greatest amount in any currency, before it is converted: 10^12, either way.</summary>
    public const decimal Greatest = 1_000_000_000_000m;

    // Nearly all amounts: what follows is for the others.
    private const int MostPlainDigits = 15;

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.");

    /// <summary>
    /// An amount at or above zero. <paramref name="refusal"/> says why it is none; missing text is for the door to judge.
    /// </summary>
    /// <param name="text">What was sent.</param>
    /// <param name="form">How numbers are written there.</param>
    /// <param name="field">The field or column, for the message.</param>
    /// <param name="refusal">Null where it can be read.</param>
    public static decimal Read(string text, NumberForm form, string field, out Refusal? refusal)
    {
        var amount = ReadSigned(text, form, field, out refusal);
        if (amount < 0)
        {
            refusal = new Refusal(RuleCodes.InvalidMoney, $"{field} is negative.");
        }

        return amount;
    }

    /// <summary>The same of an amount that may have either sign.</summary>
    public static decimal ReadSigned(string text, NumberForm form, string field, out Refusal? refusal)
    {
        var isNumber = TryRead(text, form, out var amount);
        refusal = !isNumber ? NotANumber(RuleCodes.InvalidMoney, field, text)
            : Math.Abs(amount) > Greatest ? new Refusal(RuleCodes.InvalidMoney, $"{field} is too large to be an amount of money.")
            : null;
        return amount;
    }

    /// <summary>The number of a text in a form; false where it is none in this form, or does not fit a decimal.</summary>
    public static bool TryRead(string text, NumberForm form, out decimal number)
    {
        var digits = text.Trim();
        if (form != NumberForm.Comma && digits.Length <= MostPlainDigits && !digits.AsSpan().ContainsAnyExcept(Plain))
        {
            return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        }

        switch (form)
        {
            case NumberForm.Point when GroupedPoint().IsMatch(digits):
                digits = Thousands().Replace(digits, "");
                break;
            case NumberForm.Comma when digits.Contains('.', StringComparison.Ordinal) && !GroupedComma().IsMatch(digits):
                number = 0;
                return false;
            case NumberForm.Comma:
                digits = (GroupedComma().IsMatch(digits) ? Points().Replace(digits, "") : digits).Replace(',', '.');
                break;
            default:
                break;
        }

        return PlainNumber.TryRead(digits, out number);
    }

    internal static Refusal NotANumber(string code, string field, string text) =>
        new(code, $"{field} is '{Refusal.Shown(text.Trim())}', which is not a plain number, or is too large.");

    // Groups of three, the first shorter; of two in India (1,23,456). One sign throughout.
    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:(?:,[0-9]{2,3})*,[0-9]{3}|(?<b>[ \u00A0\u2009\u202F'’])[0-9]{3}(?:\k<b>[0-9]{3})*)(?:\.[0-9]*)?$")]
    private static partial Regex GroupedPoint();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:(?<b>[. \u00A0\u2009\u202F'’])[0-9]{3}(?:\k<b>[0-9]{3})*)(?:,[0-9]*)?$")]
    private static partial Regex GroupedComma();

    [GeneratedRegex(@"[, \u00A0\u2009\u202F'’]")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"[. \u00A0\u2009\u202F'’]")]
    private static partial Regex Points();
}
