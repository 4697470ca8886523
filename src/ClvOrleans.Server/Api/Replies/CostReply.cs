using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A cost of winning customers.</summary>
/// <param name="Id">Its name: posting it again replaces it.</param>
/// <param name="Channel">Source and medium.</param>
/// <param name="Campaign">The campaign; null for the channel as a whole.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Amount">What it cost.</param>
/// <param name="Currency">The store's currency.</param>
internal sealed record CostReply(
    string Id, string Channel, string? Campaign, DateOnly From, DateOnly To, decimal Amount, string Currency)
{
    /// <summary>The reply of a cost.</summary>
    public static CostReply Of(AcquisitionCost cost, Currency currency) =>
        new(cost.Id, cost.Channel, cost.Campaign, cost.From, cost.To, currency.ToMajor(cost.Amount), currency.Code);
}
