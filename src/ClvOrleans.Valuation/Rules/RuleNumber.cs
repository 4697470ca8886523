using System.Globalization;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Reads a number that a text holds.</summary>
internal static class RuleNumber
{
    /// <summary>The number of a text such as <c>-12.5</c>; not a number for any other text.</summary>
    public static double Read(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : double.NaN;
}
