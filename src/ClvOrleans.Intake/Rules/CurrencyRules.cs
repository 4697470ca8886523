using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Intake.Rules;

/// <summary>Turns amounts into money of the store: converted exactly, and rounded once.</summary>
/// <param name="store">The store, with its currency and its rates.</param>
/// <param name="assumed">The currency of amounts that name none; null for the store's.</param>
public sealed class CurrencyRules(StoreSettings store, Currency? assumed = null)
{
    /// <summary>Money of a text, such as 12.50.</summary>
    /// <param name="text">The amount.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="currency">ISO 4217, in any case; null or blank where none is named.</param>
    /// <param name="field">The amount's field or column, for the message.</param>
    /// <param name="currencyField">The currency's.</param>
    /// <exception cref="RefusedException">It cannot be read or converted: the message names the field.</exception>
    internal Money Read(string text, NumberForm form, string? currency, string field, string currencyField)
    {
        var amount = AmountRules.Read(text, form, field, out var refusal);
        var money = refusal is null ? Convert(amount, currency, field, currencyField, out refusal) : Money.Zero;
        return refusal is null ? money : throw refusal.ToException();
    }

    /// <summary>
    /// Money of the store. On failure <paramref name="refusal"/> says why: the currency is none, the store has no rate for it, or the
    /// amount is above <see cref="Currency.GreatestOrder"/> in the store's currency.
    /// </summary>
    /// <param name="amount">In major units of its currency.</param>
    /// <param name="currency">ISO 4217, in any case; null or blank where none is named.</param>
    /// <param name="field">The amount's field or column, for the message.</param>
    /// <param name="currencyField">The currency's.</param>
    /// <param name="refusal">Null where it can be converted.</param>
    public Money Convert(decimal amount, string? currency, string field, string currencyField, out Refusal? refusal)
    {
        var rate = RateOf(currency, currencyField, out refusal);
        var money = Money.Zero;
        var fits = Math.Abs(amount) <= AmountRules.Greatest && rate <= AmountRules.Greatest;
        if (refusal is null && !(fits && store.Currency.TryRound(amount * rate, out money)))
        {
            refusal = new Refusal(
                RuleCodes.InvalidMoney,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field} is above {Currency.GreatestOrder:N0} {store.Currency.Code}, the most that an order may be worth."));
        }

        return money;
    }

    /// <summary>Units of the store's currency for one of another.</summary>
    /// <param name="currency">ISO 4217, in any case; null or blank where none is named.</param>
    /// <param name="field">Its field or column, for the message.</param>
    /// <param name="refusal">Null where the store has a rate.</param>
    public decimal RateOf(string? currency, string field, out Refusal? refusal)
    {
        refusal = null;
        var from = assumed ?? store.Currency;
        if (!string.IsNullOrWhiteSpace(currency) && !Currency.TryFind(currency, out from))
        {
            refusal = new Refusal(
                RuleCodes.UnknownCurrency,
                $"{field} is '{Refusal.Shown(currency.Trim())}', which is not an ISO 4217 currency in circulation.");
            return 0;
        }

        if (from.Code == store.Currency.Code)
        {
            return 1m;
        }

        if (!store.Rates.TryGetValue(from.Code, out var rate))
        {
            refusal = new Refusal(RuleCodes.NoRate, $"{field}: the store has no rate from {from.Code} to {store.Currency.Code}.");
        }

        return rate;
    }
}
