using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The body of a GA4 <c>purchase</c>, as the Measurement Protocol carries it, with strings or with numbers.</summary>
internal sealed class Ga4Door(bool numbers) : IDoor
{
    public string Name => "the Measurement Protocol of GA4" + (numbers ? " with numbers" : "");

    public string? CannotCarry(OddValue value) =>
        value is { Field: OrderField.Time, Text: "" } ? "an event without a time happened when it came"
        : numbers ? JsonOrder.NoNumber(value)
        : null;

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        string Number(string text) => numbers ? JsonOrder.AsNumber(text) : JsonOrder.Text(text);
        var time = order.Time.Contains('-', StringComparison.Ordinal) ? JsonOrder.Text(order.Time) : Number(order.Time);
        var body = $$"""
            {"user_id":{{JsonOrder.Text(order.Customer)}},"timestamp_micros":{{time}},"events":[{"name":"purchase","params":
            {"transaction_id":{{JsonOrder.Text(order.Order)}},"value":{{Number(order.Amount)}},"currency":{{JsonOrder.Text(order.Currency)}},
            "items":[{"item_id":"p","quantity":{{Number(order.Quantity)}}}] } }] }
            """;
        var batch = Ga4Events.Read(Encoding.UTF8.GetBytes(body));
        var read = EventReader.Read(batch.Events[0], batch, SameVerdictTests.Store, "ga4", SameVerdictTests.Now, () => "made");
        return (read.Subject, read.Event, read.Notes);
    }
}
