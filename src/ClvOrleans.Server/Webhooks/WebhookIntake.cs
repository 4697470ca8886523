using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Server.Webhooks;

/// <summary>
/// Judges a call of a shop, records what it says, and keeps it as a dead letter where it cannot count. A call counts as one event.
/// </summary>
internal sealed class WebhookIntake(
    OneStore store, EventRouter router, IDeadLetters deadLetters, PrivacyRegister privacy, RefusedEventsLog refusals, SourceLedger sources,
    ClvTelemetry telemetry)
{
    /// <summary>Judges and records; what did not fail is durable on return.</summary>
    /// <param name="delivery">The call, whose signature was right.</param>
    /// <param name="kind">What kind of shop it is.</param>
    /// <param name="keepRefused">Whether it becomes a dead letter where it is refused; false where it is one, and is judged again.</param>
    public async Task<TrackingReply> AcceptAsync(WebhookDelivery delivery, SourceKind kind, bool keepRefused = true)
    {
        ReadWebhook read;
        try
        {
            read = kind == SourceKind.Shopify
                ? ShopifyWebhooks.Read(delivery, store.Settings)
                : WooCommerceWebhooks.Read(delivery, store.Settings);
        }
        catch (RefusedException e)
        {
            telemetry.AddEvents(ClvTelemetry.Refused, 1);
            telemetry.AddRefusal(e.Code);
            return await RefuseAsync(delivery, e.Code, e.Message, keepRefused);
        }

        if (read.Privacy is { } demand)
        {
            var isNew = await privacy.KeepAsync(demand, delivery);
            return Counted(delivery.Source, isNew ? OutcomeKind.Recorded : OutcomeKind.Duplicate, [], keepRefused);
        }

        var outcomes = await router.RecordAsync([.. read.Events.Select(e => new RoutedEvent(e.Subject, e.Event, e.Visitor, e.Previous))]);
        if (outcomes.FirstOrDefault(o => o.Kind == OutcomeKind.Refused) is { Code: { } code, Message: { } message })
        {
            return await RefuseAsync(delivery, code, message, keepRefused);
        }

        EventNote[] notes =
        [
            .. read.Notes,
            .. outcomes.Where(o => o is { Kind: not OutcomeKind.Failed, Code: not null, Message: not null })
                .Select(o => new EventNote(o.Code!, o.Message!)).Distinct(),
        ];
        OutcomeKind? all = outcomes.Any(o => o.Kind == OutcomeKind.Failed) ? OutcomeKind.Failed
            : outcomes.Any(o => o.Kind == OutcomeKind.Recorded) ? OutcomeKind.Recorded
            : outcomes.Any(o => o.Kind == OutcomeKind.Duplicate) ? OutcomeKind.Duplicate
            : null;
        return Counted(delivery.Source, all, notes, keepRefused);
    }

    /// <summary>Counts a call that did not prove who sent it.</summary>
    public void CountUnsigned(string source) => sources.Count(source, SourceOutcome.Refused, "invalid_signature");

    /// <summary>Counts the call by which a shop tries an address.</summary>
    public TrackingReply CountPing(string source) =>
        Counted(source, null, [new EventNote("ping", "The shop has tried the address; its webhook is set up.")], true);

    /// <summary>Keeps a call that cannot count.</summary>
    public async Task<TrackingReply> RefuseAsync(WebhookDelivery delivery, string code, string message, bool keepRefused = true)
    {
        var letter = new WebhookLetter(delivery.Topic, delivery.DeliveryId, delivery.Body);
        var refused = new RefusedEvent(0, letter.MessageId, code, message);
        if (keepRefused)
        {
            await deadLetters.AddAsync(
                [RefusedLetter.Of(store.Settings, delivery.Source, delivery.ReceivedAt, letter.MessageId, refused, letter.ToJson)],
                CancellationToken.None);
            refusals.Note(store.Settings.Id, delivery.Source, [code]);
            sources.Count(delivery.Source, SourceOutcome.Refused, code);
        }

        return new TrackingReply(true, 0, 0, [refused], [], []);
    }

    private TrackingReply Counted(string source, OutcomeKind? outcome, IReadOnlyCollection<EventNote> notes, bool isNew)
    {
        var (isRecorded, isKnown) = (outcome == OutcomeKind.Recorded, outcome == OutcomeKind.Duplicate);
        var hasFailed = outcome == OutcomeKind.Failed;
        if (isNew)
        {
            sources.Count(source, SourceOutcome.Accepted, events: isRecorded ? 1 : 0);
            sources.Count(source, SourceOutcome.Duplicate, events: isKnown ? 1 : 0);
            sources.Count(source, SourceOutcome.Failed, EventOutcome.FailedCode, hasFailed ? 1 : 0);
            sources.Count(source, SourceOutcome.Noted, notes.Select(n => n.Code));
        }

        return new TrackingReply(
            !hasFailed, isRecorded ? 1 : 0, isKnown ? 1 : 0, [],
            hasFailed ? [new RefusedEvent(0, null, EventOutcome.FailedCode, "The call could not be recorded now; send it again.")] : [],
            [.. notes.Select(n => new RefusedEvent(0, null, n.Code, n.Message))]);
    }
}
