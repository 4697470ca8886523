using System.Globalization;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Stock;

/// <summary>What can be said of a product in stock, through whichever door. The message of a refusal begins with the field.</summary>
internal static class StockRules
{
    public const string Code = "invalid_stock";

    private const int LongestCategory = 255;

    public static string Product(string? text, string field) => text is not { Length: > 0 }
        ? throw new RefusedException(Code, $"{field} is missing.")
        : (IdRules.Flaw(text, Code, field) ?? IdRules.Rounded(text, field)) is { } flaw ? throw flaw.ToException() : text;

    /// <summary>Whole units in either sign: a part of a unit cannot be sold.</summary>
    public static long? Units(string? text, NumberForm form, string field) => text is null ? null
        : AmountRules.TryRead(text, form, out var units) && Math.Abs(units) <= StockStatement.MostUnits ? (long)decimal.Floor(units)
        : throw new RefusedException(
            Code, $"{field} is '{Refusal.Shown(text)}', which is not a number of units, below zero or above, up to 10^12.");

    public static int? LeadDays(string? text, string field) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= StockStatement.MostLeadDays ? days
        : throw new RefusedException(
            Code, $"{field} is '{Refusal.Shown(text)}', which is not 0 to {StockStatement.MostLeadDays} whole days.");

    public static bool? Promoted(string? text, string field) => text?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => throw new RefusedException(Code, $"{field} is '{Refusal.Shown(text)}', which is not true or false."),
    };

    public static string? Category(string? text, string field) => text is { Length: > LongestCategory }
        ? throw new RefusedException(Code, $"{field} is longer than {LongestCategory} characters.")
        : text is null ? null
        : IdRules.Flaw(text, Code, field) is { } flaw ? throw flaw.ToException() : text;

    public static DateTimeOffset At(string? text, StoreSettings store, DateTimeOffset now, string field)
    {
        Refusal? refusal = null;
        var at = text is null ? now : TimeRules.Read(text, DateOrder.Ymd, store.TimeZone, now, field, out refusal);
        return refusal is null
            ? DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds())
            : throw refusal.ToException();
    }
}
