using System.Globalization;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>Numbers as sentences have them, the same on every machine.</summary>
internal static class Phrases
{
    private static readonly string[] Ordinals =
        ["a first", "a second", "a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth"];

    /// <summary><c>1 day</c>, <c>2 days</c>.</summary>
    public static string Count(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {word}{(count == 1 ? "" : "s")}");

    /// <summary>Which purchase it is: <c>a fifth purchase</c>, <c>purchase number 12</c>.</summary>
    public static string Purchase(int number) =>
        number <= Ordinals.Length ? $"{Ordinals[number - 1]} purchase" : $"purchase number {number}";

    /// <summary>An amount in major units: <c>1,025.00</c>.</summary>
    public static string Amount(Money money, Currency currency) =>
        currency.ToMajor(money).ToString($"N{currency.Decimals}", CultureInfo.InvariantCulture);

    /// <summary>An amount of minor units and fractions of them.</summary>
    public static string Amount(double minor, Currency currency) => Amount(Money.Rounded(minor), currency);

    /// <summary>A change: <c>+18.40</c>, <c>-7.10</c>, or <c>no effect</c>.</summary>
    public static string Change(Money change, Currency currency) =>
        change == Money.Zero ? "no effect" : (change > Money.Zero ? "+" : "") + Amount(change, currency);
}
