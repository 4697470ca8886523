using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rfm;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>Where the fifths are cut: a score is 1 and one more for each cut that a customer does better than.</summary>
/// <param name="RecencyDays">Days since the last purchase: fewer are better.</param>
/// <param name="Orders">Orders: more are better.</param>
/// <param name="Spend">Value net of refunds, in major units: more is better.</param>
internal sealed record RfmCutsReply(IReadOnlyList<int> RecencyDays, IReadOnlyList<int> Orders, IReadOnlyList<decimal> Spend)
{
    public static RfmCutsReply Of(RfmCuts cuts, Currency currency) =>
        new(cuts.Recency, cuts.Frequency, [.. cuts.Monetary.Select(currency.ToMajor)]);
}
