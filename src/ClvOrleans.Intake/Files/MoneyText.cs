using System.Buffers;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// An amount as spreadsheets write it: a number, perhaps with a currency before or after it, perhaps in brackets for below zero.
/// </summary>
/// <param name="Number">The number.</param>
/// <param name="Currency">The currency's code or sign; null where none is there.</param>
internal readonly record struct MoneyText(string Number, string? Currency)
{
    private const string Minus = "\u2212";

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.,-");

    private static readonly Dictionary<string, string[]> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["€"] = ["EUR"],
        ["£"] = ["GBP", "EGP", "SHP", "FKP", "GIP"],
        ["¥"] = ["JPY", "CNY"],
        ["￥"] = ["JPY", "CNY"],
        ["元"] = ["CNY", "TWD"],
        ["円"] = ["JPY"],
        ["₹"] = ["INR"],
        ["₩"] = ["KRW"],
        ["₽"] = ["RUB"],
        ["₺"] = ["TRY"],
        ["₴"] = ["UAH"],
        ["₫"] = ["VND"],
        ["₪"] = ["ILS"],
        ["₱"] = ["PHP"],
        ["R$"] = ["BRL"],
        ["zł"] = ["PLN"],
        ["Kč"] = ["CZK"],
        ["Ft"] = ["HUF"],
        ["Fr."] = ["CHF"],
        ["kr"] = ["SEK", "NOK", "DKK", "ISK"],
        ["kr."] = ["SEK", "NOK", "DKK", "ISK"],
        ["US$"] = ["USD"],
        ["$"] =
        [
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "ARS", "COP", "UYU", "BMD", "BSD", "BZD", "BBD", "FJD", "JMD",
            "TTD",
        ],
    };

    /// <summary>Parts an amount from its currency; what is neither stays with the number, which is refused then.</summary>
    public static MoneyText Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.ContainsAnyExcept(Plain))
        {
            return new MoneyText(trimmed.Length == text.Length ? text : trimmed.ToString(), null);
        }

        var body = trimmed.ToString().Replace(Minus, "-", StringComparison.Ordinal);
        var isNegative = body is ['(', .., ')'];
        body = isNegative ? body[1..^1].Trim() : body;
        var (first, last) = (body.AsSpan().IndexOfAnyInRange('0', '9'), body.AsSpan().LastIndexOfAnyInRange('0', '9'));
        if (first < 0)
        {
            return new MoneyText(trimmed.ToString(), null);
        }

        var (before, after) = (body[..first], body[(last + 1)..].Trim());
        var lead = before.TrimStart().StartsWith('-') || before.TrimEnd().EndsWith('-') ? "-" : "";
        before = before.Replace("-", "", StringComparison.Ordinal).Trim();
        var named = before.Length > 0 ? before : after;
        return (before.Length > 0 && after.Length > 0) || named.Length == 0 || !IsCurrency(named)
            ? new MoneyText(isNegative ? "-" + body : body, null)
            : new MoneyText((isNegative ? "-" : lead) + body[first..(last + 1)], named);
    }

    /// <summary>Whether the named currency can be this one.</summary>
    public bool Fits(string code) =>
        Currency is null
        || string.Equals(Currency, code, StringComparison.OrdinalIgnoreCase)
        || (Signs.TryGetValue(Currency, out var codes) && codes.Contains(code));

    private static bool IsCurrency(string named) => Signs.ContainsKey(named) || Domain.Currencies.Currency.TryFind(named, out _);
}
