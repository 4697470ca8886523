using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Webhooks;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The body of a Shopify <c>orders/create</c>.</summary>
internal sealed class ShopifyDoor : IDoor
{
    public string Name => "a webhook of Shopify";

    public string? CannotCarry(OddValue value) => null;

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        var body = $$"""
            {"id":{{JsonOrder.Text(order.Order)}},"email":{{JsonOrder.Text(order.Customer)}},"financial_status":"paid",
            "processed_at":{{JsonOrder.Text(order.Time)}},"currency":{{JsonOrder.Text(order.Currency)}},
            "subtotal_price":{{JsonOrder.Text(order.Amount)}},
            "line_items":[{"sku":"p","quantity":{{JsonOrder.Text(order.Quantity)}}}]}
            """;
        var delivery = new WebhookDelivery("shopify", "orders/create", Encoding.UTF8.GetBytes(body), SameVerdictTests.Now, "d1");
        var read = ShopifyWebhooks.Read(delivery, SameVerdictTests.Store);
        return (read.Events[0].Subject, read.Events[0].Event, [.. read.Notes, .. read.Events[0].Notes]);
    }
}
