using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Histories;

/// <summary>What a customer did in a window of days: what a forecast is judged by.</summary>
/// <param name="Value">Value of the purchases in the window.</param>
/// <param name="Orders">Number of days with a paid purchase.</param>
public readonly record struct HoldoutOutcome(Money Value, int Orders)
{
    /// <summary>The outcome of the window after <paramref name="from"/> up to and with <paramref name="to"/>.</summary>
    /// <param name="later">The customer as of the window's end or later.</param>
    /// <param name="creditsBefore">Credit notes that name no order, up to the window's start.</param>
    /// <param name="from">The last day before the window.</param>
    /// <param name="to">The last day of the window.</param>
    /// <param name="kind">Which value.</param>
    /// <param name="store">The store.</param>
    internal static HoldoutOutcome Of(
        CustomerSummary later, Money creditsBefore, DateOnly from, DateOnly to, ValueKind kind, StoreSettings store)
    {
        var (orders, gross, net, margin) = (0, Money.Zero, Money.Zero, Money.Zero);
        foreach (var day in later.PurchaseDays)
        {
            if (day.Day > from && day.Day <= to)
            {
                orders += day.Gross > Money.Zero ? 1 : 0;
                (gross, net, margin) = (gross + day.Gross, net + day.Net, margin + day.Margin);
            }
        }

        var credits = Money.Min(later.Credits - creditsBefore, net);
        var value = kind switch
        {
            ValueKind.Gross => gross,
            ValueKind.Net => net - credits,
            _ => margin - credits.Share(store.MarginBasisPoints),
        };
        return new HoldoutOutcome(value, orders);
    }
}
