using System.Text;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>The body of a <c>POST /v1/track</c>, with strings or with numbers.</summary>
internal sealed partial class TrackingDoor(bool numbers) : IDoor
{
    public string Name => numbers ? "/v1/track with numbers" : "/v1/track";

    public string? CannotCarry(OddValue value) =>
        value is { Field: OrderField.Time, Text: "" } ? "an event without a time happened when it came"
        : numbers && value.Field is OrderField.Order or OrderField.Customer or OrderField.Currency ? "a number has no spelling of its own"
        : numbers && !JsonNumber().IsMatch(value.Text) ? "it is no number of JSON"
        : null;

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes(JsonOrder.Of(order, numbers)), "track");
        var read = EventReader.Read(batch.Events[0], batch, SameVerdictTests.Store, "web", SameVerdictTests.Now, () => "made");
        return (read.Subject, read.Event, read.Notes);
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex JsonNumber();
}
