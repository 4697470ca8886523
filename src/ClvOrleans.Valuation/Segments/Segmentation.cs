using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;

namespace ClvOrleans.Valuation.Segments;

/// <summary>
/// How a training parts the buyers of a store; kept with each of its models, so that it comes and goes with the champion.
/// </summary>
/// <param name="Rfm">Where the scores of recency, frequency and money are cut; null where nobody had bought.</param>
/// <param name="Clustering">The clusters.</param>
public sealed record Segmentation(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RfmCuts? Rfm, Clustering Clustering)
{
    /// <summary>The scores of a customer on a day; null before the first purchase.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="day">The day.</param>
    /// <param name="orders">Their orders.</param>
    /// <param name="net">The value of these, net of refunds.</param>
    public RfmScore? ScoreOf(CustomerSummary customer, DateOnly day, int orders, Money net) =>
        Rfm is { } cuts && customer.PurchaseDays is [var first, ..] && first.Day <= day
            ? cuts.Of(Math.Max(0, day.DayNumber - customer.PurchaseDays[^1].Day.DayNumber), orders, net)
            : null;
}
