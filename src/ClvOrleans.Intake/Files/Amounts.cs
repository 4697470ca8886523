using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Intake.Files;

/// <summary>Turns amounts of a file into money of the store.</summary>
internal sealed class Amounts
{
    public Amounts(HistoryContext context)
    {
        Context = context;
        if (context.Currency is { } currency && !TryConvert(0, currency.Code, out _, out _))
        {
            throw new HistoryFormatException($"The store '{context.Store.Id}' has no rate for the file's currency {currency.Code}.");
        }
    }

    public HistoryContext Context { get; }

    /// <summary>Rounds once, after the conversion. On failure <paramref name="code"/> says why.</summary>
    public bool TryConvert(decimal amount, string? currency, out Money money, out string code)
    {
        money = default;
        code = RefusalCodes.UnknownCurrency;
        var from = Context.Currency ?? Context.Store.Currency;
        if (currency is not null && !Currency.TryFind(currency, out from))
        {
            return false;
        }

        code = RefusalCodes.NoRate;
        var rate = 1m;
        if (from.Code != Context.Store.Currency.Code && !Context.Store.Rates.TryGetValue(from.Code, out rate))
        {
            return false;
        }

        code = RefusalCodes.BadNumber;
        try
        {
            return Context.Store.Currency.TryRound(amount * rate, out money);
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
