using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>What the customers of a store have spent so far.</summary>
internal static class StoreSpend
{
    /// <summary>Mean value of all paid purchase days of all buyers.</summary>
    public static double MeanOfAll(StoreHistory past, ValueKind kind) => past.Buyers
        .SelectMany(c => c.Summary.PurchaseDays)
        .Select(d => (double)RepeatSpend.ValueOf(d, kind).Minor)
        .Where(v => v > 0)
        .DefaultIfEmpty()
        .Average();

    /// <summary>The least and the most value of a paid purchase day of all buyers; null where there is none.</summary>
    public static SpendRange? RangeOf(StoreHistory past, ValueKind kind) => SpendRange.Of(past.Buyers
        .SelectMany(c => c.Summary.PurchaseDays)
        .Select(d => (double)RepeatSpend.ValueOf(d, kind).Minor));

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

        var spent = past.Buyers.SelectMany(c => c.Summary.PurchaseDays).Sum(d => (double)RepeatSpend.ValueOf(d, kind).Minor);
        var kept = past.Buyers.Sum(
            c => (double)HoldoutOutcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, kind, past.Store).Value.Minor);
        return spent > 0 ? Math.Max(0, kept / spent) : 1;
    }
}
