using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// An order of WooCommerce. Its value is the total less tax and shipping. Refunds come as totals with tax and shipping: the share of the
/// value in the order's total is taken of them.
/// </summary>
internal static class WooCommerceOrder
{
    public static ReadWebhook Read(ShopObject order, WebhookDelivery delivery, StoreSettings store, bool isRestored)
    {
        var id = order.Id("id", IdKind.Order);
        var status = order.Text("status")?.ToLowerInvariant();
        var standing = StandingOf(status, order);
        var isPlaced = standing is OrderStanding.Paid or OrderStanding.Refunded;
        var placedAt = order.Time("date_created_gmt", TimeZoneInfo.Utc, delivery.ReceivedAt)
            ?? order.Time("date_created", store.TimeZone, delivery.ReceivedAt)
            ?? throw new RefusedException(RuleCodes.InvalidTime, "date_created_gmt and date_created are missing.");
        var total = order.Amount("total") ?? throw new RefusedException(RuleCodes.MissingValue, "total is missing.");
        var value = Math.Max(0, total - (order.Amount("total_tax") ?? 0) - (order.Amount("shipping_total") ?? 0));
        var notes = new List<EventNote>();
        var stated = new ShopOrder
        {
            Id = id,
            Customer = ShopCustomer.Find(
                store.Id, order.In("billing").Whole("email"), "billing.email",
                ShopCustomer.AccountOf(WooCommerceWebhooks.Shop, order.NumberOrNull("customer_id"))),
            PlacedAt = placedAt,

            // That it was deleted came without a time of its own, so that only the time of arrival tells which of the two came later.
            StatedAt = isRestored
                ? delivery.ReceivedAt
                : order.Time("date_modified_gmt", TimeZoneInfo.Utc, delivery.ReceivedAt) ?? placedAt,
            Standing = standing,
            IsPlaced = isPlaced || order.Has("date_paid_gmt"),
            Value = total >= 0 ? value : throw new RefusedException(RuleCodes.InvalidMoney, "total is negative."),
            Refunded = status == "refunded" ? value : Refunded(order, value, total),
            Money = new ShopMoney(store, order.Text("currency")),
            Discount = order.Amount("discount_total", notes),
            Coupon = order.All("coupon_lines").FirstOrDefault().Text("code"),
            Lines = ShopLine.Read(order.All("line_items"), notes),
        };
        if (!isPlaced)
        {
            notes.Add(new EventNote("order_not_paid", $"status: '{status}' does not count; the order counts once it is paid."));
        }

        return new ReadWebhook(stated.ToEvents(delivery.Source, delivery.ReceivedAt), notes);
    }

    /// <summary>An order that was put into the trash, of which no more than its id is told.</summary>
    public static ReadWebhook ReadDeleted(ShopObject order, WebhookDelivery delivery, StoreSettings store)
    {
        var id = order.Id("id", IdKind.Order);
        var e = new CustomerEvent
        {
            MessageId = $"order:{id}:deleted:{delivery.DeliveryId}",
            Source = delivery.Source,
            Kind = EventKind.OrderUpdated,
            At = delivery.ReceivedAt,
            IsStatement = true,
            Order = new OrderFacts(id),
            Statement = new OrderStatement(delivery.ReceivedAt, OrderStanding.Cancelled, Money.Zero, delivery.ReceivedAt),
        };
        var unknown = CustomerId.OfVisitor(store.Id, $"{WooCommerceWebhooks.Shop}-order:{id}");
        return new ReadWebhook([new ReadEvent(unknown, e, null, null, [])], []);
    }

    // Plugins add statuses, such as shipped: an order that was paid counts then.
    private static OrderStanding StandingOf(string? status, ShopObject order) => status switch
    {
        "processing" or "completed" => OrderStanding.Paid,
        "refunded" => OrderStanding.Refunded,
        "cancelled" or "trash" => OrderStanding.Cancelled,
        "pending" or "on-hold" or "failed" or "checkout-draft" or "auto-draft" or null => OrderStanding.Unpaid,
        _ => order.Has("date_paid_gmt") || order.Has("date_paid") ? OrderStanding.Paid : OrderStanding.Unpaid,
    };

    private static decimal Refunded(ShopObject order, decimal value, decimal total)
    {
        var paidBack = order.All("refunds").Sum(r => Math.Abs(r.Amount("total") ?? 0));
        return total == 0 ? 0 : Math.Min(value, paidBack * value / total);
    }
}
