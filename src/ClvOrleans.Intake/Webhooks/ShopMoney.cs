using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>Amounts of one currency in that of the store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Code">ISO 4217; null where none is named.</param>
internal readonly record struct ShopMoney(StoreSettings Store, string? Code)
{
    /// <summary>Converts. <exception cref="RefusedException">There is no rate, or it is too much.</exception></summary>
    public Money Convert(decimal amount, string field)
    {
        var money = new CurrencyRules(Store).Convert(amount, Code, field, "currency", out var refusal);
        return refusal is null ? money : throw refusal.ToException();
    }

    /// <summary>The same of an amount that decides nothing: null where it cannot be converted.</summary>
    public Money? Find(decimal amount)
    {
        var money = new CurrencyRules(Store).Convert(amount, Code, "", "", out var refusal);
        return refusal is null ? money : null;
    }
}
