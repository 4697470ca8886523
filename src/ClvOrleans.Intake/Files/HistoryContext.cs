using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>What a reader needs to know beside the file.</summary>
public sealed record HistoryContext
{
    /// <summary>The store: its time zone reads times without an offset, its currency keeps the money.</summary>
    public required StoreSettings Store { get; init; }

    /// <summary>The source that the events are said to come from.</summary>
    public required string Source { get; init; }

    /// <summary>When the import runs: nothing in the file can have happened later.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The file's column by the format's column: <c>total</c> → <c>Amount</c>.</summary>
    public ImmutableDictionary<string, string> Columns { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The currency of amounts that name none; null for the store's.</summary>
    public Currency? Currency { get; init; }

    /// <summary>In which order the file writes dates; null to tell it from the file.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>Turns amounts of the file into money of the store.</summary>
    internal CurrencyRules Currencies => new(Store, Currency);

    /// <summary>
    /// Refuses a file whose amounts cannot be converted. <exception cref="HistoryFormatException">The store has no rate for its
    /// currency.</exception>
    /// </summary>
    internal void CheckCurrency()
    {
        if (Currency is { } currency && Currencies.RateOf(null, "currency", out var refusal) == 0 && refusal is not null)
        {
            throw new HistoryFormatException($"The store '{Store.Id}' has no rate for the file's currency {currency.Code}.");
        }
    }
}
