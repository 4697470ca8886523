using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A central predictive range of spend, in major units of the store's currency.</summary>
internal sealed record SpendInterval
{
    /// <summary>Lower end.</summary>
    public required decimal Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required decimal Upper { get; init; }

    /// <summary>Probability that the spend falls within: .8.</summary>
    public required double Level { get; init; }

    public static SpendInterval Of(ValueInterval interval, Currency currency) =>
        new() { Lower = currency.ToMajor(interval.Lower), Upper = currency.ToMajor(interval.Upper), Level = interval.Level };
}
