using System.Collections.Frozen;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Tracking;

/// <summary>The ecommerce events of the tracking specification, v2, with their names of v1; in any case.</summary>
public static class EventNames
{
    private static readonly FrozenDictionary<string, EventKind> Kinds = new Dictionary<string, EventKind>
    {
        ["Products Searched"] = EventKind.ProductsSearched,
        ["Product List Viewed"] = EventKind.ProductListViewed,
        ["Viewed Product Category"] = EventKind.ProductListViewed,
        ["Product List Filtered"] = EventKind.ProductListFiltered,
        ["Promotion Viewed"] = EventKind.PromotionViewed,
        ["Viewed Promotion"] = EventKind.PromotionViewed,
        ["Promotion Clicked"] = EventKind.PromotionClicked,
        ["Clicked Promotion"] = EventKind.PromotionClicked,
        ["Product Clicked"] = EventKind.ProductClicked,
        ["Clicked Product"] = EventKind.ProductClicked,
        ["Product Viewed"] = EventKind.ProductViewed,
        ["Viewed Product"] = EventKind.ProductViewed,
        ["Product Added"] = EventKind.ProductAdded,
        ["Added Product"] = EventKind.ProductAdded,
        ["Product Removed"] = EventKind.ProductRemoved,
        ["Removed Product"] = EventKind.ProductRemoved,
        ["Cart Viewed"] = EventKind.CartViewed,
        ["Viewed Cart"] = EventKind.CartViewed,
        ["Checkout Started"] = EventKind.CheckoutStarted,
        ["Started Order"] = EventKind.CheckoutStarted,
        ["Checkout Step Viewed"] = EventKind.CheckoutStepViewed,
        ["Viewed Checkout Step"] = EventKind.CheckoutStepViewed,
        ["Checkout Step Completed"] = EventKind.CheckoutStepCompleted,
        ["Completed Checkout Step"] = EventKind.CheckoutStepCompleted,
        ["Payment Info Entered"] = EventKind.PaymentInfoEntered,
        ["Order Completed"] = EventKind.OrderCompleted,
        ["Completed Order"] = EventKind.OrderCompleted,
        ["Order Updated"] = EventKind.OrderUpdated,
        ["Updated Order"] = EventKind.OrderUpdated,
        ["Order Refunded"] = EventKind.OrderRefunded,
        ["Refunded Order"] = EventKind.OrderRefunded,
        ["Order Cancelled"] = EventKind.OrderCancelled,
        ["Cancelled Order"] = EventKind.OrderCancelled,
        ["Order Canceled"] = EventKind.OrderCancelled,
        ["Canceled Order"] = EventKind.OrderCancelled,
        ["Coupon Entered"] = EventKind.CouponEntered,
        ["Coupon Applied"] = EventKind.CouponApplied,
        ["Coupon Denied"] = EventKind.CouponDenied,
        ["Coupon Removed"] = EventKind.CouponRemoved,
        ["Product Added to Wishlist"] = EventKind.WishlistAdded,
        ["Product Removed from Wishlist"] = EventKind.WishlistRemoved,
        ["Wishlist Product Added to Cart"] = EventKind.WishlistMovedToCart,
        ["Product Shared"] = EventKind.ProductShared,
        ["Cart Shared"] = EventKind.CartShared,
        ["Product Reviewed"] = EventKind.ProductReviewed,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // What other systems call the same, and what people write.
    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>
    {
        ["Purchase"] = "Order Completed",
        ["Purchased"] = "Order Completed",
        ["Order"] = "Order Completed",
        ["Order Complete"] = "Order Completed",
        ["Order Created"] = "Order Completed",
        ["Order Placed"] = "Order Completed",
        ["Placed Order"] = "Order Completed",
        ["Order Paid"] = "Order Completed",
        ["Checkout Completed"] = "Order Completed",
        ["Transaction"] = "Order Completed",
        ["Refund"] = "Order Refunded",
        ["Order Refund"] = "Order Refunded",
        ["Order Cancel"] = "Order Cancelled",
        ["Add To Cart"] = "Product Added",
        ["Added To Cart"] = "Product Added",
        ["Remove From Cart"] = "Product Removed",
        ["View Item"] = "Product Viewed",
        ["View Cart"] = "Cart Viewed",
        ["Begin Checkout"] = "Checkout Started",
        ["Search"] = "Products Searched",
        ["Add To Wishlist"] = "Product Added to Wishlist",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the specification that an unknown one comes near; null where none is. Capitals and the signs between words do not matter.</summary>
    public static string? Nearest(string name)
    {
        var words = string.Join(' ', name.Split([' ', '_', '-', '.', ':'], StringSplitOptions.RemoveEmptyEntries));
        var whole = Meant.GetValueOrDefault(words);
        return whole ?? Kinds.Keys.FirstOrDefault(k => string.Equals(k.Replace(" ", "", StringComparison.Ordinal), words.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The kind of a track event; unknown names are activity.</summary>
    public static EventKind KindOf(string name) => Kinds.GetValueOrDefault(name.Trim(), EventKind.Activity);
}
