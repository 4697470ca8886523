using System.Text;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Model.Intake;
using ClvOrleans.Model.Journal;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Intake;

/// <summary>Judges the events of a body one by one, records the good ones and keeps the others as dead letters.</summary>
internal sealed class Tracking(OneStore store, EventRouter router, IDeadLetters deadLetters, TimeProvider time)
{
    public async Task<TrackingReply> AcceptAsync(ReceivedBatch batch, string source, CancellationToken cancellation, bool keepRefused = true)
    {
        var now = time.GetUtcNow();
        var events = new List<RoutedEvent>();
        var indexes = new List<int>();
        var refused = new List<RefusedEvent>();
        var letters = new List<DeadLetter>();
        for (var i = 0; i < batch.Events.Count; i++)
        {
            try
            {
                var read = EventReader.Read(batch.Events[i], batch, store.Settings, source, now, () => $"clv-{Guid.CreateVersion7(now)}");
                events.Add(new RoutedEvent(read.Subject, read.Event, read.Visitor, read.Previous));
                indexes.Add(i);
            }
            catch (RefusedException e)
            {
                Refuse(i, e.Code, e.Message);
            }
        }

        var outcomes = await router.RecordAsync(events);
        var notes = new List<RefusedEvent>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Kind: OutcomeKind.Refused, Code: { } code, Message: { } message })
            {
                Refuse(indexes[i], code, message);
            }
            else if (outcomes[i].Code is { } note)
            {
                notes.Add(new RefusedEvent(indexes[i], events[i].Event.MessageId, note, outcomes[i].Message!));
            }
        }

        if (keepRefused && letters.Count > 0)
        {
            await deadLetters.AddAsync(letters, cancellation);
        }

        return new TrackingReply(
            true, outcomes.Count(o => o.Kind == OutcomeKind.Recorded), outcomes.Count(o => o.Kind == OutcomeKind.Duplicate),
            [.. refused.OrderBy(r => r.Index)], notes);

        void Refuse(int index, string code, string message)
        {
            var id = EventReader.FindMessageId(batch.Events[index]);
            var payload = Encoding.UTF8.GetBytes(batch.Events[index].GetRawText());
            refused.Add(new RefusedEvent(index, id, code, message));
            letters.Add(new DeadLetter(0, store.Settings.Id, source, now, id, code, message, payload));
        }
    }
}
