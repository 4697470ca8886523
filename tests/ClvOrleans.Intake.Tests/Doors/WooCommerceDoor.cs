using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Webhooks;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The body of a WooCommerce <c>order.created</c>.</summary>
internal sealed class WooCommerceDoor : IDoor
{
    public string Name => "a webhook of WooCommerce";

    public string? CannotCarry(OddValue value) => null;

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        var body = $$"""
            {"id":{{JsonOrder.Text(order.Order)}},"billing":{"email":{{JsonOrder.Text(order.Customer)}}},"status":"processing",
            "date_created":{{JsonOrder.Text(order.Time)}},"currency":{{JsonOrder.Text(order.Currency)}},
            "total":{{JsonOrder.Text(order.Amount)}},
            "line_items":[{"sku":"p","quantity":{{JsonOrder.Text(order.Quantity)}}}]}
            """;
        var delivery = new WebhookDelivery("woo", "order.created", Encoding.UTF8.GetBytes(body), SameVerdictTests.Now, "d1");
        var read = WooCommerceWebhooks.Read(delivery, SameVerdictTests.Store);
        return (read.Events[0].Subject, read.Events[0].Event, [.. read.Notes, .. read.Events[0].Notes]);
    }
}
