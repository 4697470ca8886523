using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What one input of the model adds to a value.</summary>
internal sealed record Contribution
{
    /// <summary>The input, such as daysSinceLastOrder.</summary>
    public required string Name { get; init; }

    /// <summary>The customer's; null where nothing is known yet.</summary>
    public decimal? Value { get; init; }

    /// <summary>That of the baseline; null where it is not known.</summary>
    public decimal? Baseline { get; init; }

    /// <summary>days, a currency's ISO 4217 code, or empty for plain numbers.</summary>
    public required string Unit { get; init; }

    /// <summary>What it adds to the value, in major units of the store's currency; negative where it takes away.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The same in words.</summary>
    public required string Phrase { get; init; }

    public static Contribution Of(InputContribution contribution, Currency currency)
    {
        var input = contribution.Input;
        return new Contribution
        {
            Name = input.Name,
            Value = input.Value is { } value ? Shown(value) : null,
            Baseline = input.Baseline is { } baseline ? Shown(baseline) : null,
            Unit = input.Unit switch { InputUnit.Days => "days", InputUnit.Money => currency.Code, _ => "" },
            Amount = currency.ToMajor(contribution.Amount),
            Phrase = input.Phrase,
        };

        decimal Shown(double number) => input.Unit == InputUnit.Money
            ? currency.ToMajor(Money.Rounded(number))
            : decimal.Round((decimal)number, 3);
    }
}
