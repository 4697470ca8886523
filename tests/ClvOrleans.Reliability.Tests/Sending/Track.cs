namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>Events as tracking clients write them.</summary>
internal static class Track
{
    public static object Order(string user, string order, decimal revenue, string? timestamp = null, string? message = null) => new
    {
        type = "track",
        @event = "Order Completed",
        userId = user,
        messageId = message ?? $"m-{order}",
        timestamp = timestamp ?? "2025-10-01T00:00:00Z",
        properties = new { order_id = order, revenue },
    };

    /// <summary>An order that happens when it arrives.</summary>
    public static object OrderNow(string user, string order, decimal revenue) => new
    {
        type = "track",
        @event = "Order Completed",
        userId = user,
        messageId = $"m-{order}",
        properties = new { order_id = order, revenue },
    };

    public static object OrderOfVisitor(string visitor, string order, decimal revenue, string timestamp, string message) => new
    {
        type = "track",
        @event = "Order Completed",
        anonymousId = visitor,
        messageId = message,
        timestamp,
        properties = new { order_id = order, revenue },
    };

    public static object Refund(string user, string order, decimal amount) => new
    {
        type = "track",
        @event = "Order Refunded",
        userId = user,
        messageId = $"r-{order}",
        timestamp = "2025-10-02T00:00:00Z",
        properties = new { order_id = order, amount },
    };

    public static object Alias(string user, string previous, string message) =>
        new { type = "alias", userId = user, previousId = previous, messageId = message };

    public static object Identify(string user, string visitor, string message) =>
        new { type = "identify", userId = user, anonymousId = visitor, messageId = message };

    public static object Identify(string user, string visitor, string message, string timestamp) =>
        new { type = "identify", userId = user, anonymousId = visitor, messageId = message, timestamp };

    public static object Search(string user, string message, string query) => new
    {
        type = "track",
        @event = "Products Searched",
        userId = user,
        messageId = message,
        timestamp = "2025-10-03T00:00:00Z",
        properties = new { query },
    };

    public static object SearchOfVisitor(string visitor, string message, string query) => new
    {
        type = "track",
        @event = "Products Searched",
        anonymousId = visitor,
        messageId = message,
        timestamp = "2025-10-03T00:00:00Z",
        properties = new { query },
    };

    public static object View(string user, string message) => new
    {
        type = "track",
        @event = "Product Viewed",
        userId = user,
        messageId = message,
        timestamp = "2025-10-02T00:00:00Z",
        properties = new { product_id = "p" },
    };
}
