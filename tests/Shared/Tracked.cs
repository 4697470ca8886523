using System.Text.Json;

namespace ClvOrleans.Tests;

/// <summary>Tracking calls as clients send them.</summary>
internal static class Tracked
{
    public static object Order(string customer, string order, decimal revenue) =>
        Track(customer, "Order Completed", new { order_id = order, revenue }, "order:" + order);

    public static object Track(string customer, string name, object properties, string? message = null) =>
        new
        {
            type = "track",
            @event = name,
            userId = customer,
            messageId = message
            ?? $"{name}:{JsonSerializer.Serialize(properties)}",
            properties
        };
}
