using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Market;

/// <summary>What a stretch of days of a channel cost the store: advertising, fees, affiliates.</summary>
/// <param name="Id">Name of the entry, unique in the store: posting it again replaces it.</param>
/// <param name="Channel">The channel as customers have it, source and medium: <c>google / cpc</c>.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="Amount">What it cost, in the store's currency; at least 0.</param>
/// <param name="Campaign">The campaign, by its name alone; null for the channel as a whole.</param>
public sealed record AcquisitionCost(string Id, string Channel, DateOnly From, DateOnly To, Money Amount, string? Campaign = null)
{
    /// <summary>The campaign as customers have it, source / medium / name; null for the channel as a whole.</summary>
    [JsonIgnore]
    public string? FullCampaign => Campaign is null ? null : $"{Channel} / {Campaign}";

    /// <summary>
    /// The part of the amount that falls into some days, day by day alike: parts of days that follow each other add up to the whole.
    /// </summary>
    public Money Within(DateOnly from, DateOnly to)
    {
        var (first, last) = (from > From ? from : From, to < To ? to : To);
        return last < first ? Money.Zero : new Money(Until(last) - Until(first.AddDays(-1)));
    }

    private Int128 Until(DateOnly day) => Amount.Minor * (day.DayNumber - From.DayNumber + 1) / (To.DayNumber - From.DayNumber + 1);
}
