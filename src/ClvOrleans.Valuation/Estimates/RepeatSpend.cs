using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// What Gamma-Gamma reads: the paid repeat purchase days and their mean value, before refunds where gross value is asked for, after them
/// else.
/// </summary>
public static class RepeatSpend
{
    /// <summary>The mean value of the paid repeat purchase days, in minor units, and their number.</summary>
    public static (double Mean, int Count) Of(CustomerSummary customer, ValueKind kind)
    {
        var (sum, count) = (Int128.Zero, 0);
        foreach (var day in customer.PurchaseDays.AsSpan()[1..])
        {
            var value = ValueOf(day, kind);
            (sum, count) = value > Money.Zero ? (sum + value.Minor, count + 1) : (sum, count);
        }

        return (count == 0 ? 0 : (double)sum / count, count);
    }

    /// <summary>The value of a purchase day.</summary>
    public static Money ValueOf(PurchaseDay day, ValueKind kind) => kind == ValueKind.Gross ? day.Gross : day.Net;
}
