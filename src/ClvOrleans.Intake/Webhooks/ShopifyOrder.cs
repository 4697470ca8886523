using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// An order of Shopify, which every topic of orders carries whole. Its value is the subtotal in the shop's currency: after discounts,
/// without shipping, and without tax where prices are without tax.
/// </summary>
internal static class ShopifyOrder
{
    // What scripts of shops call the visitor that they pass on to the order.
    private static readonly string[] VisitorNames = ["anonymousId", "anonymous_id", "ajs_anonymous_id", "rl_anonymous_id"];

    public static ReadWebhook Read(ShopObject order, WebhookDelivery delivery, StoreSettings store)
    {
        var id = order.Id("id", IdKind.Order);
        if (order.Json.TryGetProperty("test", out var test) && test.ValueKind == System.Text.Json.JsonValueKind.True)
        {
            return ReadWebhook.Of(new EventNote("test_order", $"test: the order {id} is a test of the shop, and does not count."));
        }

        var status = order.Text("financial_status")?.ToLowerInvariant();
        var isPaid = status is "paid" or "partially_paid" or "refunded" or "partially_refunded";
        var placedAt = order.Time("processed_at", store.TimeZone, delivery.ReceivedAt)
            ?? order.Time("created_at", store.TimeZone, delivery.ReceivedAt)
            ?? throw new RefusedException(RuleCodes.InvalidTime, "processed_at and created_at are missing.");
        var value = order.Amount("subtotal_price") ?? throw new RefusedException(RuleCodes.MissingValue, "subtotal_price is missing.");
        var (customer, notes) = (CustomerOf(order, store.Id), new List<EventNote>());
        var stated = new ShopOrder
        {
            Id = id,
            Customer = customer,
            Visitor = VisitorOf(order, store.Id),
            PlacedAt = placedAt,
            StatedAt = order.Time("updated_at", store.TimeZone, delivery.ReceivedAt) ?? placedAt,
            Standing = order.Has("cancelled_at") ? OrderStanding.Cancelled : !isPaid ? OrderStanding.Unpaid
                : status == "refunded" ? OrderStanding.Refunded : OrderStanding.Paid,
            IsPlaced = isPaid,
            Value = value >= 0 ? value : throw new RefusedException(RuleCodes.InvalidMoney, "subtotal_price is negative."),
            Refunded = status == "refunded" ? value : Refunded(order, value),
            Money = new ShopMoney(store, order.Text("currency")),
            Discount = order.Amount("total_discounts", notes),
            Coupon = order.All("discount_codes").FirstOrDefault().Text("code"),
            Lines = ShopLine.Read(order.All("line_items"), notes),
        };
        if (!isPaid)
        {
            notes.Add(new EventNote("order_not_paid", $"financial_status: '{status}' is not paid; the order counts once it is."));
        }

        return new ReadWebhook(stated.ToEvents(delivery.Source, delivery.ReceivedAt), notes);
    }

    private static decimal Refunded(ShopObject order, decimal value) => Math.Min(
        value, order.All("refunds").Sum(r => ShopifyRefund.ValueOf(r, payment => Share(order, value, payment)) ?? 0));

    // The share of the value in what was paid. A payment may be in the buyer's currency, in which the order has a total too.
    private static decimal Share(ShopObject order, decimal value, (decimal Paid, string? Currency) payment)
    {
        var total = payment.Currency is { } currency && currency != order.Text("currency")
            ? order.In("total_price_set").In("presentment_money").Amount("amount")
            : order.Amount("total_price");
        return total > 0 ? payment.Paid * value / total.Value : payment.Paid;
    }

    private static CustomerId CustomerOf(ShopObject order, StoreId store)
    {
        var customer = order.In("customer");
        var (field, email) = order.Whole("email") is { } own ? ("email", own)
            : order.Whole("contact_email") is { } contact ? ("contact_email", contact)
            : customer.Whole("email") is { } theirs ? ("customer.email", theirs)
            : ("email", null);
        return ShopCustomer.Find(store, email, field, ShopCustomer.AccountOf(ShopifyWebhooks.Shop, customer.NumberOrNull("id")));
    }

    // One that cannot be an id is left out: it decides nothing.
    private static CustomerId? VisitorOf(ShopObject order, StoreId store)
    {
        var attribute = order.All("note_attributes").FirstOrDefault(a => VisitorNames.Contains(a.Text("name")));
        try
        {
            return attribute.IdOrNull("value", IdKind.Visitor) is { } id ? CustomerId.OfVisitor(store, id) : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
