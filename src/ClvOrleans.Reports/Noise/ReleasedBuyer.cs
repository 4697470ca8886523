using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Noise;

/// <summary>What a buyer adds to reports with noise: bounded, so that nobody changes a figure by more than the noise hides.</summary>
/// <param name="Lifecycle">The lifecycle.</param>
/// <param name="FirstMonth">Month of the first order, counted from year 0.</param>
/// <param name="Campaign">First campaign; null of none.</param>
/// <param name="Channel">Its source and medium.</param>
/// <param name="Product">Main product of the first order; null of none.</param>
/// <param name="Historic">What they brought, 0 to the bound.</param>
/// <param name="Predicted">What they are expected to bring, 0 to the bound.</param>
/// <param name="AtRisk">Revenue at risk, 0 to the bound.</param>
/// <param name="Months">The months with purchases, in order, of which all revenue together is at most the bound.</param>
public sealed record ReleasedBuyer(
    Lifecycle Lifecycle, int FirstMonth, string? Campaign, string? Channel, string? Product, long Historic, long Predicted, long AtRisk,
    ImmutableArray<ReleasedMonth> Months)
{
    /// <summary>A buyer as of the end of a period.</summary>
    /// <param name="known">What was known of them then.</param>
    /// <param name="counted">Their contribution then.</param>
    /// <param name="noise">How far they count.</param>
    /// <param name="currency">The store's currency.</param>
    public static ReleasedBuyer Of(CustomerSummary known, Contribution counted, ReportNoise noise, Currency currency)
    {
        var bound = currency.Round(noise.Bound);
        return new ReleasedBuyer(
            counted.Cell!.Value.Lifecycle, MonthOf(known.PurchaseDays[0].Day), known.FirstCampaign, known.AcquisitionChannel,
            known.FirstProduct, Within(counted.Sums.Historic), Within(counted.Sums.Predicted), Within(counted.Sums.AtRisk),
            MonthsOf(known, noise, bound));

        long Within(Money amount) => (long)Int128.Clamp(amount.Minor, 0, bound.Minor);
    }

    /// <summary>A month as a number, counted from year 0.</summary>
    public static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    // Credit notes that name no order are taken off the latest months.
    private static ImmutableArray<ReleasedMonth> MonthsOf(CustomerSummary known, ReportNoise noise, Money bound)
    {
        var days = known.PurchaseDays;
        var (first, net, credits) = (MonthOf(days[0].Day), new SortedDictionary<int, Money>(), known.Credits);
        for (var i = days.Length - 1; i >= 0; i--)
        {
            var taken = Money.Min(days[i].Net, credits);
            credits -= taken;
            var since = MonthOf(days[i].Day) - first;
            net[since] = net.GetValueOrDefault(since) + days[i].Net - taken;
        }

        var (left, active, months) = (bound, 0, ImmutableArray.CreateBuilder<ReleasedMonth>(net.Count));
        foreach (var (since, amount) in net)
        {
            var counted = Money.Max(Money.Zero, Money.Min(amount, left));
            left -= counted;
            months.Add(new ReleasedMonth(since, since > 0 && active++ < noise.Months, (long)counted.Minor));
        }

        return months.MoveToImmutable();
    }
}
