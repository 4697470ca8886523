namespace ClvOrleans.Domain.Events;

/// <summary>What a customer did. The ecommerce events keep the names of the tracking specification, v2.</summary>
public enum EventKind
{
    /// <summary>Anything that is not listed below: it shows that the customer is there.</summary>
    Activity,

    /// <summary>The customer said who they are.</summary>
    Identified,

    /// <summary>Two ids were declared to be one person.</summary>
    Aliased,

    /// <summary>The customer was put into a group.</summary>
    Grouped,

    /// <summary>A page was viewed.</summary>
    PageViewed,

    /// <summary>A screen of an app was viewed.</summary>
    ScreenViewed,

    /// <summary>Products Searched.</summary>
    ProductsSearched,

    /// <summary>Product List Viewed.</summary>
    ProductListViewed,

    /// <summary>Product List Filtered.</summary>
    ProductListFiltered,

    /// <summary>Promotion Viewed.</summary>
    PromotionViewed,

    /// <summary>Promotion Clicked.</summary>
    PromotionClicked,

    /// <summary>Product Clicked.</summary>
    ProductClicked,

    /// <summary>Product Viewed.</summary>
    ProductViewed,

    /// <summary>Product Added to the cart.</summary>
    ProductAdded,

    /// <summary>Product Removed from the cart.</summary>
    ProductRemoved,

    /// <summary>Cart Viewed.</summary>
    CartViewed,

    /// <summary>Checkout Started.</summary>
    CheckoutStarted,

    /// <summary>Checkout Step Viewed.</summary>
    CheckoutStepViewed,

    /// <summary>Checkout Step Completed.</summary>
    CheckoutStepCompleted,

    /// <summary>Payment Info Entered.</summary>
    PaymentInfoEntered,

    /// <summary>Order Completed: the one that makes a purchase.</summary>
    OrderCompleted,

    /// <summary>Order Updated: the latest one gives the order's value.</summary>
    OrderUpdated,

    /// <summary>Order Refunded, in full or in part.</summary>
    OrderRefunded,

    /// <summary>Order Cancelled: the order never was a purchase.</summary>
    OrderCancelled,

    /// <summary>Coupon Entered.</summary>
    CouponEntered,

    /// <summary>Coupon Applied.</summary>
    CouponApplied,

    /// <summary>Coupon Denied.</summary>
    CouponDenied,

    /// <summary>Coupon Removed.</summary>
    CouponRemoved,

    /// <summary>Product Added to Wishlist.</summary>
    WishlistAdded,

    /// <summary>Product Removed from Wishlist.</summary>
    WishlistRemoved,

    /// <summary>Wishlist Product Added to Cart.</summary>
    WishlistMovedToCart,

    /// <summary>Product Shared.</summary>
    ProductShared,

    /// <summary>Cart Shared.</summary>
    CartShared,

    /// <summary>Product Reviewed.</summary>
    ProductReviewed,

    /// <summary>The customer gave or withdrew consents: Segment Consent Preference Updated, or the API.</summary>
    ConsentChanged,

    /// <summary>List Joined: the customer was put on a list.</summary>
    ListJoined,

    /// <summary>List Left: the customer was taken off a list.</summary>
    ListLeft,

    /// <summary>Email Sent, or another message: it left this service or the one that sends it.</summary>
    MessageSent,

    /// <summary>Email Delivered: the recipient's server took it.</summary>
    MessageDelivered,

    /// <summary>Email Opened, often by a machine: never the outcome of a decision.</summary>
    MessageOpened,

    /// <summary>Email Link Clicked.</summary>
    MessageClicked,

    /// <summary>Email Bounced: it could not be delivered, for good or for now.</summary>
    MessageBounced,

    /// <summary>Email Marked as Spam: the recipient complained.</summary>
    MessageComplained,

    /// <summary>Unsubscribed: the recipient wants no more of a channel, or of one topic on it.</summary>
    Unsubscribed,
}
