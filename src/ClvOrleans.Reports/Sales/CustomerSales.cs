using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Reports.Sales;

/// <summary>
/// What a customer bought, order by order: a function of the set of their events, as <see cref="CustomerState"/> is. All money in it adds
/// up to the customer's <see cref="CustomerSummary.Net"/> and <see cref="CustomerSummary.MarginAt"/>.
/// </summary>
public sealed record CustomerSales
{
    /// <summary>The purchases, in order of their completion.</summary>
    public required ImmutableArray<Sale> Sales { get; init; }

    /// <summary>Credit notes that name no order, in order of time.</summary>
    public required ImmutableArray<Credit> Credits { get; init; }

    /// <summary>Campaign of the earliest event that named one (source / medium / name).</summary>
    public required string? Campaign { get; init; }

    /// <summary>Source and medium of that campaign.</summary>
    public required string? Channel { get; init; }

    /// <summary>Of the first order, the product on which most was spent.</summary>
    public required string? FirstProduct { get; init; }

    /// <summary>Day of the first purchase.</summary>
    public DateOnly FirstDay => Sales[0].Day;

    /// <summary>Folds a customer; null for one who has bought nothing that counts.</summary>
    /// <param name="events">The events in any order; one that comes again counts once.</param>
    /// <param name="store">The store.</param>
    /// <param name="share">Gives one text for equal ones, since products recur; null for none.</param>
    public static CustomerSales? Of(IEnumerable<CustomerEvent> events, StoreSettings store, Func<string, string>? share = null)
    {
        var all = events.DistinctBy(e => e.Key).ToList();
        var state = CustomerState.Fold(all, store);
        var orders = state.Orders.Values.Where(o => o.IsPurchase).OrderBy(o => o.Completed!.At).ThenBy(o => o.Completed!.Key).ToList();
        if (orders.Count == 0)
        {
            return null;
        }

        share ??= text => text;
        var summary = CustomerSummary.Of(state, store);
        return new CustomerSales
        {
            Sales = [.. orders.Select(o => SaleOf(o, store, share))],
            Credits = CreditsOf(all, orders, store),
            Campaign = summary.FirstCampaign is { } campaign ? share(campaign) : null,
            Channel = summary.AcquisitionChannel is { } channel ? share(channel) : null,
            FirstProduct = summary.FirstProduct is { } product ? share(product) : null,
        };
    }

    private static Sale SaleOf(Order order, StoreSettings store, Func<string, string> share)
    {
        var current = order.Current!;
        var discount = current.Coupon ?? (current.Discount > Money.Zero ? Sale.UnnamedDiscount : null);
        return new Sale(
            store.DayOf(order.Completed!.At), order.Gross, order.Net, order.MarginAt(store.MarginBasisPoints),
            discount is null ? null : share(discount), LinesOf(current.Lines, order.Net, share));
    }

    // What the order brought, in proportion to price × quantity, else to quantity. Cumulative shares are rounded: the parts add up.
    private static ImmutableArray<SaleLine> LinesOf(ImmutableArray<ProductLine> lines, Money net, Func<string, string> share)
    {
        if (lines.IsDefaultOrEmpty)
        {
            return [];
        }

        Int128[] weights = [.. lines.Select(l => l.Price is { } price && price > Money.Zero ? price.Minor * l.Quantity : 0)];
        if (Sum(weights) == 0)
        {
            weights = [.. lines.Select(l => (Int128)l.Quantity)];
        }

        if (Sum(weights) == 0)
        {
            weights = [.. lines.Select(_ => (Int128)1)];
        }

        var (all, before, given) = (Sum(weights), (Int128)0, (Int128)0);
        var sold = ImmutableArray.CreateBuilder<SaleLine>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            before += weights[i];
            var until = i == lines.Length - 1 ? net.Minor : Part(net.Minor, before, all);
            var line = lines[i];
            sold.Add(new SaleLine(
                line.ProductId is { } product ? share(product) : null, line.Category is { } category ? share(category) : null,
                line.Quantity, new Money(until - given)));
            given = until;
        }

        return sold.MoveToImmutable();
    }

    // Exact as long as the product fits 128 bits; beyond that no one has a line.
    private static Int128 Part(Int128 whole, Int128 before, Int128 all) =>
        (double)whole * (double)all < 1e37 ? whole * before / all : (Int128)((double)whole * ((double)before / (double)all));

    private static Int128 Sum(Int128[] values)
    {
        Int128 sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static ImmutableArray<Credit> CreditsOf(List<CustomerEvent> events, List<Order> orders, StoreSettings store)
    {
        var left = orders.Aggregate(Money.Zero, (sum, o) => sum + o.Net);
        var (net, margin) = (Money.Zero, Money.Zero);
        var credits = ImmutableArray.CreateBuilder<Credit>();
        foreach (var e in events.Where(e => e is { Kind: EventKind.OrderRefunded, Refund: { OrderId: null, Amount: not null } })
            .OrderBy(e => e.At).ThenBy(e => e.Key))
        {
            var taken = Money.Min(left - net, e.Refund!.Amount!.Value);
            net += taken;
            var share = net.Share(store.MarginBasisPoints) - margin;
            margin += share;
            credits.Add(new Credit(store.DayOf(e.At), taken, share));
        }

        return credits.ToImmutable();
    }
}
