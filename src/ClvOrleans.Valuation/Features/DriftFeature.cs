using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Features;

/// <summary>A feature whose spread over the buyers is watched.</summary>
/// <param name="Name">Its name, with its unit where it has one.</param>
/// <param name="Of">Its value for a buyer as of a day.</param>
internal sealed record DriftFeature(string Name, Func<CustomerSummary, DateOnly, double> Of)
{
    /// <summary>
    /// All of them. All are told as of the day as far as a summary can: discounts, refunds and categories are those of now.
    /// </summary>
    public static IReadOnlyList<DriftFeature> All { get; } =
    [
        new("recencyDays", (c, day) => day.DayNumber - c.PurchaseDays.Last(d => d.Day <= day).Day.DayNumber),
        new("frequency", (c, day) => c.PurchaseDays.Count(d => d.Day <= day)),
        new("meanSpend", (c, day) => c.PurchaseDays.Where(d => d.Day <= day).Average(d => (double)d.Net.Minor)),
        new("ageDays", (c, day) => day.DayNumber - c.PurchaseDays[0].Day.DayNumber),
        new("sessions", (c, day) => c.WithoutLater(day).Sessions),
        new("minutes", (c, day) => c.WithoutLater(day).Duration / 60_000.0),
        new("categories", (c, _) => c.Categories),
        new("discountShare", (c, _) => c.Gross > Money.Zero ? (double)c.Discounts.Minor / (double)c.Gross.Minor : 0),
        new("refundShare", (c, _) => (double)c.RefundedOrders / c.Orders),
    ];
}
