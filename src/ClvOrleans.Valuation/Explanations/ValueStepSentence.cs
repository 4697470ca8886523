using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>Says what moved a value.</summary>
internal static class ValueStepSentence
{
    /// <summary>An event, what it did and why.</summary>
    /// <param name="e">The event.</param>
    /// <param name="before">The estimate just before it.</param>
    /// <param name="after">The estimate just after it, of the same day.</param>
    /// <param name="boughtBefore">Purchase days before it.</param>
    /// <param name="boughtAfter">Purchase days after it.</param>
    /// <param name="currency">The store's currency.</param>
    public static string Of(CustomerEvent e, Estimate before, Estimate after, int boughtBefore, int boughtAfter, Currency currency)
    {
        var change = after.Value - before.Value;
        var told = $"{Subject(e, currency)}: {Phrases.Change(change, currency)}";
        return change == Money.Zero ? told : $"{told}, because {Reason(change > Money.Zero, before, after, boughtBefore, boughtAfter)}";
    }

    /// <summary>Time that passed between two events.</summary>
    public static string OfTime(int days, Money change, Currency currency) =>
        $"{Phrases.Count(days, "day")} passed: {Phrases.Change(change, currency)}";

    /// <summary>Events that the model does not read.</summary>
    public static string OfUnread(IReadOnlyCollection<CustomerEvent> events)
    {
        var pages = events.Count(e => e.Kind is EventKind.PageViewed or EventKind.ScreenViewed);
        var (viewed, others) = (Phrases.Count(pages, "page view"), events.Count - pages);
        return (pages, others) switch
        {
            (_, 0) => $"{viewed}: no effect",
            (0, _) => $"{Phrases.Count(others, "event")}: no effect",
            _ => $"{viewed} and {Phrases.Count(others, "other event")}: no effect",
        };
    }

    private static string Subject(CustomerEvent e, Currency currency)
    {
        var of = e.Order?.Value is { } value ? $" of {Phrases.Amount(value, currency)}" : "";
        return e.Kind switch
        {
            EventKind.OrderCompleted => $"Order {e.OrderId}{of}",
            EventKind.OrderUpdated when e.Statement is { Standing: not OrderStanding.Paid } s =>
                $"Order {e.OrderId} stated as {s.Standing.ToString().ToLowerInvariant()}",
            EventKind.OrderUpdated when e.Statement?.Refunded is { } refunded && refunded > Money.Zero =>
                $"Order {e.OrderId}{of}, of which {Phrases.Amount(refunded, currency)} is refunded",
            EventKind.OrderUpdated => $"Order {e.OrderId} updated{of.Replace(" of ", " to ", StringComparison.Ordinal)}",
            EventKind.OrderCancelled => $"Order {e.OrderId} cancelled",
            EventKind.OrderRefunded when e.Refund is { OrderId: { } order } refund => refund.Amount is { } amount
                ? $"Refund of {Phrases.Amount(amount, currency)} on order {order}"
                : $"Full refund of order {order}",
            EventKind.OrderRefunded => $"Credit note of {Phrases.Amount(e.Refund?.Amount ?? Money.Zero, currency)}",
            EventKind.PageViewed => "A page was viewed",
            EventKind.ScreenViewed => "A screen was viewed",
            EventKind.ProductsSearched => "A search",
            EventKind.ProductListViewed or EventKind.ProductListFiltered => "A list of products was viewed",
            EventKind.PromotionViewed => "A promotion was viewed",
            EventKind.PromotionClicked => "A promotion was clicked",
            EventKind.ProductClicked or EventKind.ProductViewed => "A product was viewed",
            EventKind.ProductAdded => "A product was put into the cart",
            EventKind.ProductRemoved => "A product was taken out of the cart",
            EventKind.CartViewed => "The cart was viewed",
            EventKind.CheckoutStarted => "A checkout was begun",
            EventKind.CheckoutStepViewed or EventKind.CheckoutStepCompleted or EventKind.PaymentInfoEntered => "A checkout was continued",
            EventKind.CouponEntered or EventKind.CouponApplied => "A coupon was entered",
            EventKind.CouponDenied => "A coupon was denied",
            EventKind.CouponRemoved => "A coupon was taken off",
            EventKind.WishlistAdded => "A product was put on the wish list",
            EventKind.WishlistRemoved or EventKind.WishlistMovedToCart => "A product was taken off the wish list",
            EventKind.ProductShared or EventKind.CartShared => "A product was shared",
            EventKind.ProductReviewed => "A product was reviewed",
            _ => e.Name ?? "An event",
        };
    }

    private static string Reason(bool rises, Estimate before, Estimate after, int boughtBefore, int boughtAfter)
    {
        if (boughtAfter < boughtBefore)
        {
            return boughtAfter == 0 ? "no purchase is left" : "it no longer counts as a purchase";
        }

        if (boughtBefore == 0)
        {
            return "it is the first purchase";
        }

        // The value is the number of orders times what one is worth: whichever of the two moved it more. From nothing only orders do.
        var orders = Math.Log(after.ExpectedOrders / before.ExpectedOrders);
        var worth = before.Value > Money.Zero ? Math.Log((double)after.Value.Minor / (double)before.Value.Minor) - orders : 0;
        var isByOrders = rises ? orders >= worth : orders <= worth;
        if (isByOrders && boughtAfter == boughtBefore)
        {
            return rises ? "more orders are now expected" : "fewer orders are now expected";
        }

        return (isByOrders, rises) switch
        {
            (true, true) => $"{Phrases.Purchase(boughtAfter)} makes a next one more likely",
            (true, false) => $"{Phrases.Purchase(boughtAfter)} may have been the last",
            (false, true) => "purchases are now expected to be worth more",
            (false, false) => "purchases are now expected to be worth less",
        };
    }
}
