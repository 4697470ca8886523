using ClvOrleans.Domain.Stock;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Stock;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Server.Intake;

/// <summary>Judges the events of a body one by one, records the good ones and keeps the others as dead letters.</summary>
internal sealed class TrackingIntake(
    OneStore store, EventRouter router, IDeadLetters deadLetters, RefusedEventsLog refusals, SourceLedger sources, IProductShelf shelf,
    ClvTelemetry telemetry, TimeProvider time)
{
    /// <summary>Judges and records; all of it that did not fail is durable on return.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="source">Name of the source that sent them.</param>
    /// <param name="cancellation">Gives up before anything is recorded.</param>
    /// <param name="keepRefused">Whether refused events become dead letters; false where they are, and are judged again.</param>
    /// <param name="receivedAt">When they came; now, if they have just come.</param>
    /// <param name="judged">Is called when all are judged, and are about to be recorded.</param>
    public async Task<TrackingReply> AcceptAsync(
        ReceivedBatch batch, string source, CancellationToken cancellation, bool keepRefused = true, DateTimeOffset? receivedAt = null,
        Action? judged = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var at = receivedAt ?? time.GetUtcNow();
        var (events, indexes) = (new List<RoutedEvent>(), new List<int>());
        var (stock, stated) = (new List<StockStatement>(), 0);
        var (refused, failed, notes) = (new List<RefusedEvent>(), new List<RefusedEvent>(), new List<RefusedEvent>());
        for (var i = 0; i < batch.Events.Count; i++)
        {
            try
            {
                if (StockEvents.TryRead(batch.Events[i], batch, store.Settings, at, store.MayStateStock(source)) is { } products)
                {
                    stock.AddRange(products);
                    stated++;
                    continue;
                }

                var read = EventReader.Read(batch.Events[i], batch, store.Settings, source, at, NewMessageId);
                events.Add(new RoutedEvent(read.Subject, read.Event, read.Visitor, read.Previous));
                indexes.Add(i);
                notes.AddRange(read.Notes.Select(n => new RefusedEvent(i, read.Event.MessageId, n.Code, n.Message)));
            }
            catch (RefusedException e)
            {
                refused.Add(new RefusedEvent(i, EventReader.FindMessageId(batch.Events[i]), e.Code, e.Message));
                telemetry.AddRefusal(e.Code);
            }
        }

        if (refused.Count > 0)
        {
            telemetry.AddEvents(ClvTelemetry.Refused, refused.Count);
        }

        judged?.Invoke();
        if (stock.Count > 0)
        {
            await shelf.PutAsync(store.Settings.Id, stock, CancellationToken.None);
        }

        var outcomes = await router.RecordAsync(events);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Code: { } code, Message: { } message } outcome)
            {
                var list = outcome.Kind switch
                {
                    OutcomeKind.Refused => refused,
                    OutcomeKind.Failed => failed,
                    _ => notes,
                };
                list.Add(new RefusedEvent(indexes[i], events[i].Event.MessageId, code, message));
            }
        }

        if (keepRefused && refused.Count > 0)
        {
            await deadLetters.AddAsync([.. refused.Select(r => LetterOf(r, batch, source, at))], CancellationToken.None);
            refusals.Note(store.Settings.Id, source, refused.Select(r => r.Code));
        }

        var reply = new TrackingReply(
            failed.Count == 0, stated + outcomes.Count(o => o.Kind == OutcomeKind.Recorded),
            outcomes.Count(o => o.Kind == OutcomeKind.Duplicate),
            [.. refused.OrderBy(r => r.Index)], failed, [.. notes.OrderBy(n => n.Index)]);
        if (keepRefused)
        {
            Count(source, reply);
        }

        return reply;
    }

    private void Count(string source, TrackingReply reply)
    {
        sources.Count(source, SourceOutcome.Accepted, events: reply.Accepted);
        sources.Count(source, SourceOutcome.Duplicate, events: reply.Duplicates);
        sources.Count(source, SourceOutcome.Refused, reply.Quarantined.Select(r => r.Code));
        sources.Count(source, SourceOutcome.Failed, reply.Failed.Select(r => r.Code));
        sources.Count(source, SourceOutcome.Noted, reply.Notes.Select(r => r.Code));
    }

    private DeadLetter LetterOf(RefusedEvent refused, ReceivedBatch batch, string source, DateTimeOffset at)
    {
        var e = batch.Events[refused.Index];
        var id = EventReader.KnownAs(e, NewMessageId);
        return RefusedLetter.Of(store.Settings, source, at, id, refused, () => batch.Standalone(e, id));
    }

    private string NewMessageId() => $"clv-{Guid.CreateVersion7(time.GetUtcNow())}";
}
