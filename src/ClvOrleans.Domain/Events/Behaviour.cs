using System.Collections.Immutable;

namespace ClvOrleans.Domain.Events;

/// <summary>
/// Events that only show what a customer did in the shop or with a message: pages, searches, carts, openings. Once they are old, all that
/// is kept of them is what a fold reads.
/// </summary>
public static class Behaviour
{
    // A product of these is one that the customer was interested in; of the others only the category counts.
    private static readonly ImmutableSortedSet<EventKind> Interests =
    [
        EventKind.ProductClicked, EventKind.ProductViewed, EventKind.ProductAdded, EventKind.ProductRemoved, EventKind.WishlistAdded,
        EventKind.WishlistMovedToCart,
    ];

    /// <summary>Their kinds. Purchases, identities, reviews, consents, lists and what ends a channel are none of them.</summary>
    public static ImmutableSortedSet<EventKind> Kinds { get; } =
    [
        EventKind.Activity, EventKind.PageViewed, EventKind.ScreenViewed, EventKind.ProductsSearched, EventKind.ProductListViewed,
        EventKind.ProductListFiltered, EventKind.PromotionViewed, EventKind.PromotionClicked, EventKind.CartViewed,
        EventKind.CheckoutStarted, EventKind.CheckoutStepViewed, EventKind.CheckoutStepCompleted, EventKind.PaymentInfoEntered,
        EventKind.CouponEntered, EventKind.CouponApplied, EventKind.CouponDenied, EventKind.CouponRemoved, EventKind.WishlistRemoved,
        EventKind.ProductShared, EventKind.CartShared, EventKind.MessageSent, EventKind.MessageDelivered, EventKind.MessageOpened,
        EventKind.MessageClicked, .. Interests,
    ];

    /// <summary>
    /// The event without what no fold reads: its name, its subject (a search, a path, a coupon), prices, quantities, and products that
    /// only stood in a list. One that says something of an order stays as it is.
    /// </summary>
    /// <param name="e">An event of one of <see cref="Kinds"/>.</param>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static CustomerEvent Reduce(CustomerEvent e)
    {
        if (!Kinds.Contains(e.Kind))
        {
            throw new ArgumentException($"An event of kind {e.Kind} is kept whole.", nameof(e));
        }

        return e.OrderId is not null || e.Refund is not null || e.Statement is not null ? e : e with
        {
            Name = null,
            Subject = null,
            Products = [.. e.Products.Select(p => Reduce(p, Interests.Contains(e.Kind))).OfType<ProductLine>()],
        };
    }

    private static ProductLine? Reduce(ProductLine line, bool keepsProduct) => (keepsProduct ? line.ProductId : null, line.Category) switch
    {
        (null, null) => null,
        var (product, category) => new ProductLine(product, category),
    };
}
