using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// What Gamma-Gamma reads: the paid repeat purchase days and their mean value, before refunds where gross value is asked for, after them
/// else.
/// </summary>
internal static class RepeatSpend
{
    public static (double Mean, int Count) Of(CustomerSummary customer, ValueKind kind)
    {
        var (sum, count) = (0L, 0);
        foreach (var day in customer.PurchaseDays.AsSpan()[1..])
        {
            var value = ValueOf(day, kind);
            (sum, count) = value > Money.Zero ? (sum + value.Minor, count + 1) : (sum, count);
        }

        return (count == 0 ? 0 : (double)sum / count, count);
    }

    /// <summary>Mean value of all paid purchase days of all buyers.</summary>
    public static double MeanOfAll(StoreHistory past, ValueKind kind) => past.Buyers
        .SelectMany(c => c.Summary.PurchaseDays)
        .Select(d => (double)ValueOf(d, kind).Minor)
        .Where(v => v > 0)
        .DefaultIfEmpty()
        .Average();

    /// <summary>
    /// What credit notes and costs have left of the spend so far, as a share, which is taken to be the same for all customers; 1 for gross
    /// value.
    /// </summary>
    public static double KeptShare(StoreHistory past, ValueKind kind)
    {
        if (kind == ValueKind.Gross)
        {
            return 1;
        }

        var spent = past.Buyers.SelectMany(c => c.Summary.PurchaseDays).Sum(d => (double)ValueOf(d, kind).Minor);
        var kept = past.Buyers.Sum(
            c => (double)Outcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, kind, past.Store).Value.Minor);
        return spent > 0 ? Math.Max(0, kept / spent) : 1;
    }

    private static Money ValueOf(PurchaseDay day, ValueKind kind) => kind == ValueKind.Gross ? day.Gross : day.Net;
}
