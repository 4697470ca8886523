using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The body of a <c>POST /v1/track</c>, with strings or with numbers.</summary>
internal sealed class TrackingDoor(bool numbers) : IDoor
{
    public string Name => numbers ? "/v1/track with numbers" : "/v1/track";

    public string? CannotCarry(OddValue value) =>
        value is { Field: OrderField.Time, Text: "" } ? "an event without a time happened when it came"
        : numbers ? JsonOrder.NoNumber(value)
        : null;

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes(JsonOrder.Of(order, numbers)), "track");
        var read = EventReader.Read(batch.Events[0], batch, SameVerdictTests.Store, "web", SameVerdictTests.Now, () => "made");
        return (read.Subject, read.Event, read.Notes);
    }
}
