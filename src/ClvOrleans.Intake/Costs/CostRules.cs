using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Costs;

/// <summary>What can be said of a cost, whichever door it comes through. The message of a refusal begins with the field.</summary>
internal static class CostRules
{
    public const string Code = "invalid_cost";

    private const int Longest = 255;
    private static readonly DateOnly FirstDay = new(1990, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <summary>A cost of texts; one without an id is named after what it is of, so that it replaces itself.</summary>
    public static AcquisitionCost Read(
        string? id, string? channel, string? campaign, string? from, string? to, string? amount, string? currency, NumberForm form,
        StoreSettings store, string path)
    {
        var (where, what) = (Name(channel, path + "channel"), campaign is null ? null : Name(campaign, path + "campaign"));
        var (first, last) = (Day(from, path + "from"), Day(to, path + "to"));
        if (last < first)
        {
            throw new RefusedException(Code, $"{path}to is before from.");
        }

        var name = id ?? string.Create(CultureInfo.InvariantCulture, $"{where}/{what}/{first:yyyy-MM-dd}/{last:yyyy-MM-dd}");
        return new AcquisitionCost(
            name.Length <= 3 * Longest ? name : throw new RefusedException(Code, $"{path}id is longer than {3 * Longest} characters."),
            where, first, last, Amount(amount, currency, form, store, path), what);
    }

    // As campaigns of customers are read: source and medium, parted by " / ".
    private static string Name(string? text, string field) => text?.Trim() switch
    {
        null or "" => throw new RefusedException(Code, $"{field} is missing."),
        { Length: > Longest } => throw new RefusedException(Code, $"{field} is longer than {Longest} characters."),
        var name => IdRules.Flaw(name, Code, field) is { } flaw ? throw flaw.ToException() : name,
    };

    private static DateOnly Day(string? text, string field) =>
        text is null ? throw new RefusedException(Code, $"{field} is missing.")
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= FirstDay && day <= LastDay ? day
        : throw new RefusedException(Code, $"{field} '{Refusal.Shown(text)}' is not a date such as 2026-01-31, of the years 1990 to 2199.");

    private static Money Amount(string? text, string? currency, NumberForm form, StoreSettings store, string path) => text is null
        ? throw new RefusedException(Code, $"{path}amount is missing.")
        : new CurrencyRules(store).Read(text, form, currency, path + "amount", path + "currency");
}
