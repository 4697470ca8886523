using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Features;

/// <summary>Kinds of events that are counted together.</summary>
public static class Kinds
{
    /// <summary>Pages, screens, lists and products viewed.</summary>
    public static ReadOnlySpan<EventKind> Views =>
        [EventKind.PageViewed, EventKind.ScreenViewed, EventKind.ProductListViewed, EventKind.ProductViewed, EventKind.ProductClicked];

    /// <summary>Products put into the cart.</summary>
    public static ReadOnlySpan<EventKind> Carts => [EventKind.ProductAdded, EventKind.WishlistMovedToCart];

    /// <summary>Reviews written, products and carts shared.</summary>
    public static ReadOnlySpan<EventKind> Social => [EventKind.ProductReviewed, EventKind.ProductShared, EventKind.CartShared];
}
