using System.Collections.Frozen;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// The ecommerce, e-mail and push events of the tracking specification, v2, with their names of v1, in any case; and what others call
/// them.
/// </summary>
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
        ["Segment Consent Preference Updated"] = EventKind.ConsentChanged,
        ["Consent Changed"] = EventKind.ConsentChanged,
        ["List Joined"] = EventKind.ListJoined,
        ["List Left"] = EventKind.ListLeft,
        ["Email Sent"] = EventKind.MessageSent,
        ["Email Delivered"] = EventKind.MessageDelivered,
        ["Email Opened"] = EventKind.MessageOpened,
        ["Email Link Clicked"] = EventKind.MessageClicked,
        ["Email Bounced"] = EventKind.MessageBounced,
        ["Email Marked as Spam"] = EventKind.MessageComplained,
        ["Push Notification Received"] = EventKind.MessageDelivered,
        ["Push Notification Tapped"] = EventKind.MessageClicked,
        ["Push Notification Bounced"] = EventKind.MessageBounced,
        ["Message Sent"] = EventKind.MessageSent,
        ["Message Delivered"] = EventKind.MessageDelivered,
        ["Message Opened"] = EventKind.MessageOpened,
        ["Message Clicked"] = EventKind.MessageClicked,
        ["Message Bounced"] = EventKind.MessageBounced,
        ["Message Complained"] = EventKind.MessageComplained,
        ["Unsubscribed"] = EventKind.Unsubscribed,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // What other systems call the same: GA4 and its tags, pixels, Klaviyo, Shopify. Of an order, only names that are used for the one
    // moment in
    // which it was placed: "Ordered Product" comes once for each product, and "Order Created" may never be paid.
    private static readonly FrozenDictionary<string, EventKind> Synonyms = new Dictionary<string, EventKind>
    {
        ["purchase"] = EventKind.OrderCompleted,
        ["order placed"] = EventKind.OrderCompleted,
        ["placed order"] = EventKind.OrderCompleted,
        ["order complete"] = EventKind.OrderCompleted,
        ["order paid"] = EventKind.OrderCompleted,
        ["checkout completed"] = EventKind.OrderCompleted,
        ["refund"] = EventKind.OrderRefunded,
        ["order refund"] = EventKind.OrderRefunded,
        ["order cancel"] = EventKind.OrderCancelled,
        ["search"] = EventKind.ProductsSearched,
        ["view search results"] = EventKind.ProductsSearched,
        ["view item list"] = EventKind.ProductListViewed,
        ["select item"] = EventKind.ProductClicked,
        ["view item"] = EventKind.ProductViewed,
        ["view content"] = EventKind.ProductViewed,
        ["add to cart"] = EventKind.ProductAdded,
        ["added to cart"] = EventKind.ProductAdded,
        ["remove from cart"] = EventKind.ProductRemoved,
        ["removed from cart"] = EventKind.ProductRemoved,
        ["view cart"] = EventKind.CartViewed,
        ["begin checkout"] = EventKind.CheckoutStarted,
        ["initiate checkout"] = EventKind.CheckoutStarted,
        ["started checkout"] = EventKind.CheckoutStarted,
        ["add shipping info"] = EventKind.CheckoutStepCompleted,
        ["add payment info"] = EventKind.PaymentInfoEntered,
        ["view promotion"] = EventKind.PromotionViewed,
        ["select promotion"] = EventKind.PromotionClicked,
        ["add to wishlist"] = EventKind.WishlistAdded,
        ["added to wishlist"] = EventKind.WishlistAdded,
        ["share"] = EventKind.ProductShared,
    }.ToFrozenDictionary(e => Squeezed(e.Key), e => e.Value, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, EventKind> Written =
        Kinds.ToFrozenDictionary(e => Squeezed(e.Key), e => e.Value, StringComparer.Ordinal);

    /// <summary>The kind of a track event by the specification's name; unknown names are activity.</summary>
    public static EventKind KindOf(string name) => Kinds.GetValueOrDefault(name.Trim(), EventKind.Activity);

    /// <summary>
    /// What is known to be meant by a name that is not the specification's: one of its names in another writing (<c>order_completed</c>),
    /// or what
    /// other systems call the same (<c>purchase</c>). Activity where nothing is.
    /// </summary>
    public static EventKind MeantBy(string name)
    {
        var squeezed = Squeezed(name);
        return Written.TryGetValue(squeezed, out var kind) ? kind : Synonyms.GetValueOrDefault(squeezed, EventKind.Activity);
    }

    /// <summary>The specification's name of an event that changes what a customer has spent; null of others.</summary>
    public static string? OfOrder(EventKind kind) => kind switch
    {
        EventKind.OrderCompleted => "Order Completed",
        EventKind.OrderUpdated => "Order Updated",
        EventKind.OrderRefunded => "Order Refunded",
        EventKind.OrderCancelled => "Order Cancelled",
        _ => null,
    };

    // Capitals and the signs between words do not matter.
    private static string Squeezed(string name) =>
        string.Concat(name.Where(c => c is not (' ' or '_' or '-' or '.' or ':' or '/'))).ToLowerInvariant();
}
