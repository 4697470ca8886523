using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Intake.Rules;

/// <summary>Reads an event's amounts of money: exact, in major units of the event's currency, and converted with one rounding.</summary>
internal sealed class AmountReader(JsonElement properties, StoreSettings store, List<EventNote> notes)
{
    // Before it is converted: what keeps the arithmetic within a decimal.
    private const decimal GreatestAmount = 1_000_000_000_000m;

    /// <summary>An amount that decides: what cannot be read, or is negative, is refused.</summary>
    public static decimal? Strict(JsonElement parent, string name, string path)
    {
        var amount = Json.Number(parent, name, path, "invalid_money");
        return amount switch
        {
            < 0 => throw new RefusedException("invalid_money", $"{path} is negative."),
            > GreatestAmount => throw new RefusedException("invalid_money", $"{path} is too large to be an amount of money."),
            _ => amount,
        };
    }

    /// <summary>An amount that the shop may sign either way: what is taken back, or off.</summary>
    public decimal? Unsigned(string name)
    {
        var path = "properties." + name;
        return Json.Number(properties, name, path, "invalid_money") is not { } amount
            ? null
            : Math.Abs(amount) <= GreatestAmount
                ? Math.Abs(amount)
                : throw new RefusedException("invalid_money", $"{path} is too large to be an amount of money.");
    }

    /// <summary>An amount that decides nothing: what cannot be read is left out, with a note.</summary>
    public Money? Lenient(Func<Money?> read)
    {
        try
        {
            return read();
        }
        catch (RefusedException e)
        {
            Leave(e);
            return null;
        }
    }

    /// <summary>Notes that something was left out.</summary>
    public void Leave(RefusedException e)
    {
        if (!notes.Exists(n => n.Message == e.Message))
        {
            notes.Add(new EventNote(e.Code == "invalid_money" ? "amount_ignored" : e.Code, e.Message));
        }
    }

    /// <summary>In the store's currency. <exception cref="RefusedException">The currency is none, has no rate, or the sum is too large.</exception></summary>
    public Money Convert(decimal major, string path)
    {
        var rate = Rate();
        return Math.Abs(major) <= GreatestAmount && rate <= GreatestAmount && store.Currency.TryRound(major * rate, out var money)
            ? money
            : throw new RefusedException(
                "invalid_money",
                string.Create(
                    CultureInfo.InvariantCulture, $"{path} is above {Currency.GreatestOrder:N0} {store.Currency.Code}, the most that an order may be worth."));
    }

    private decimal Rate()
    {
        var code = Json.Text(properties, "currency", "properties.currency", "unknown_currency");
        if (code is null || string.Equals(code, store.Currency.Code, StringComparison.OrdinalIgnoreCase))
        {
            return 1m;
        }

        if (!Currency.TryFind(code, out var currency))
        {
            throw new RefusedException("unknown_currency", "properties.currency is not an ISO 4217 currency in circulation.");
        }

        return store.Rates.TryGetValue(currency.Code, out var rate)
            ? rate
            : throw new RefusedException("no_rate", $"properties.currency: the store has no rate from {currency.Code} to {store.Currency.Code}.");
    }
}
