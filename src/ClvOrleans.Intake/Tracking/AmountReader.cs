using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// Reads an event's amounts of money by the rules: exact, in major units of the event's currency, and converted with one rounding.
/// </summary>
internal sealed class AmountReader(JsonElement properties, StoreSettings store, List<EventNote> notes)
{
    private readonly CurrencyRules _currencies = new(store);

    /// <summary>An amount that decides: what cannot be read, or is negative, is refused.</summary>
    public static decimal? Strict(JsonElement parent, string name, string path)
    {
        if (Json.NumberText(parent, name, path, RuleCodes.InvalidMoney) is not { } text)
        {
            return null;
        }

        var amount = AmountRules.Read(text, NumberForm.Plain, path, out var refusal);
        return refusal is null ? amount : throw refusal.ToException();
    }

    /// <summary>An amount that the shop may sign either way: what is taken back, or off.</summary>
    public decimal? Unsigned(string name)
    {
        var path = "properties." + name;
        if (Json.NumberText(properties, name, path, RuleCodes.InvalidMoney) is not { } text)
        {
            return null;
        }

        var amount = AmountRules.ReadSigned(text, NumberForm.Plain, path, out var refusal);
        return refusal is null ? Math.Abs(amount) : throw refusal.ToException();
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
            notes.Add(EventNote.LeftOut(new Refusal(e.Code, e.Message)));
        }
    }

    /// <summary>
    /// In the store's currency. <exception cref="RefusedException">The currency is none, has no rate, or the sum is too
    /// large.</exception>
    /// </summary>
    public Money Convert(decimal major, string path)
    {
        var currency = Json.Text(properties, "currency", "properties.currency", RuleCodes.UnknownCurrency);
        var money = _currencies.Convert(major, currency, path, "properties.currency", out var refusal);
        return refusal is null ? money : throw refusal.ToException();
    }
}
