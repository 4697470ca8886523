using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Tests.Sales;

/// <summary>
/// What customers bought, told from the journal's events by the words of the documents alone: it shares no code with the fold, the summary
/// or the reports. Amounts are minor units.
/// </summary>
internal sealed record NaiveFold(
    CustomerId Customer, IReadOnlyList<NaiveFold.Bought> Orders, IReadOnlyList<(DateOnly Day, long Amount)> Credits, string? Campaign)
{
    /// <summary>An order that counts.</summary>
    public sealed record Bought(
        DateOnly Day, long Net, long Margin, string? Discount, IReadOnlyList<(string? Product, int Units, long Weight)> Lines);

    /// <summary>Folds a journal; customers without a purchase are left out.</summary>
    public static List<NaiveFold> Of(IEnumerable<(CustomerId Customer, CustomerEvent Event)> journal, StoreSettings store) =>
    [
        .. journal.GroupBy(e => e.Customer).Select(c => Of(c.Key, [.. c.Select(e => e.Event)], store)).Where(c => c.Orders.Count > 0),
    ];

    /// <summary>The product of the line of the first order on which most was spent.</summary>
    public string? FirstProduct => Orders[0].Lines.Where(l => l.Product is not null).OrderByDescending(l => l.Weight)
        .ThenBy(l => l.Product, StringComparer.Ordinal).Select(l => l.Product).FirstOrDefault();

    private static NaiveFold Of(CustomerId customer, List<CustomerEvent> events, StoreSettings store)
    {
        var orders = new List<(DateTimeOffset At, EventKey Key, Bought Order)>();
        foreach (var completions in events.Where(e => e.Kind == EventKind.OrderCompleted).GroupBy(e => e.Order!.OrderId))
        {
            var first = completions.OrderBy(e => e.At).ThenBy(e => e.Key).First();
            var of = events.Where(e => e.OrderId == completions.Key).ToList();
            var update = of.Where(e => e.Kind == EventKind.OrderUpdated).OrderBy(e => e.At).ThenBy(e => e.Key).LastOrDefault();
            var now = update is { Order.Value: not null } && update.At >= first.At ? update : first;
            var refunds = of.Where(e => e.Kind == EventKind.OrderRefunded).Select(e => (long?)e.Refund!.Amount?.Minor).ToList();
            var gross = (long)now.Order!.Value!.Value.Minor;
            var net = gross - Math.Min(gross, refunds.Sum(r => Math.Min(gross, r ?? gross)));
            if (of.Any(e => e.Kind == EventKind.OrderCancelled) || refunds.Contains(null) || (net == 0 && gross > 0))
            {
                continue;
            }

            var discount = now.Order.Coupon ?? (now.Order.Discount is { } d && d.Minor > 0 ? "(discount)" : null);
            orders.Add((first.At, first.Key, new Bought(
                store.DayOf(first.At), net, Part(net, store.MarginBasisPoints), discount,
                [.. now.Products.Select(p => (p.ProductId, p.Quantity, (long)(p.Price?.Minor ?? 0) * p.Quantity))])));
        }

        var bought = orders.OrderBy(o => o.At).ThenBy(o => o.Key).Select(o => o.Order).ToList();
        var (left, credits) = (bought.Sum(o => o.Net), new List<(DateOnly, long)>());
        foreach (var note in events.Where(e => e is { Kind: EventKind.OrderRefunded, Refund.OrderId: null }).OrderBy(e => e.At)
            .ThenBy(e => e.Key))
        {
            var taken = Math.Min(left, (long)note.Refund!.Amount!.Value.Minor);
            credits.Add((store.DayOf(note.At), taken));
            left -= taken;
        }

        return new NaiveFold(
            customer, bought, credits,
            events.Where(e => e.Campaign is not null).OrderBy(e => e.At).ThenBy(e => e.Key).Select(e => e.Campaign).FirstOrDefault());
    }

    /// <summary>A part of an amount that is not below zero, half a unit rounded up.</summary>
    public static long Part(long amount, int basisPoints) => ((amount * basisPoints) + 5_000) / 10_000;
}
