using System.Globalization;
using System.Text.Json;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Stores;
using ClvOrleans.Server.Webhooks;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Api;

/// <summary>Judges dead letters again, through the door that they came by.</summary>
internal sealed class LetterReplay(OneStore store, IDeadLetters letters, TrackingIntake tracking, WebhookIntake webhooks, TimeProvider time)
{
    /// <summary>Whether a replay has made the letter an event.</summary>
    public static bool IsAccepted(TrackingReply reply) => reply.Success && reply.Quarantined.Count == 0;

    /// <summary>
    /// Judges a letter as it is, or corrected. Its message id is kept whatever the correction says: replayed twice, the event is known.
    /// </summary>
    /// <exception cref="UnreadableBodyException">It is not JSON.</exception>
    public async Task<TrackingReply> RunAsync(DeadLetter letter, ReadOnlyMemory<byte> corrected)
    {
        if (letter.ReplayedAt is not null)
        {
            return new TrackingReply(true, 0, 1, [], [], []);
        }

        var sent = ReceivedBatch.Parse(corrected.IsEmpty ? letter.Payload : corrected);
        var reply = (WebhookLetter.Find(sent), store.KindOf(letter.Source)) switch
        {
            ({ } call, SourceKind.Ga4) => await CollectAsync(letter, call),
            ({ } call, SourceKind.Shopify) => await CallAsync(letter, call, SourceKind.Shopify),
            ({ } call, SourceKind.WooCommerce) => await CallAsync(letter, call, SourceKind.WooCommerce),
            _ => await TrackAsync(letter, sent),
        };
        if (IsAccepted(reply))
        {
            await letters.MarkReplayedAsync(letter.Store, letter.Id, time.GetUtcNow());
        }

        return reply;
    }

    private async Task<TrackingReply> CollectAsync(DeadLetter letter, WebhookLetter call)
    {
        try
        {
            return await tracking.AcceptAsync(
                Ga4Events.Read(call.Body), letter.Source, CancellationToken.None, keepRefused: false, letter.ReceivedAt);
        }
        catch (RefusedException e)
        {
            return new TrackingReply(true, 0, 0, [new RefusedEvent(0, letter.MessageId, e.Code, e.Message)], [], []);
        }
    }

    private Task<TrackingReply> CallAsync(DeadLetter letter, WebhookLetter call, SourceKind kind) => webhooks.AcceptAsync(
        new WebhookDelivery(letter.Source, call.Topic, call.Body, letter.ReceivedAt, call.DeliveryId), kind, keepRefused: false);

    private Task<TrackingReply> TrackAsync(DeadLetter letter, JsonElement sent)
    {
        var alone = ReceivedBatch.Alone(sent);
        var id = letter.MessageId ?? string.Create(CultureInfo.InvariantCulture, $"letter-{letter.Id}");
        var known = alone.Standalone(alone.Events[0], id);
        return tracking.AcceptAsync(
            ReceivedBatch.Alone(ReceivedBatch.Parse(known)), letter.Source, CancellationToken.None, keepRefused: false, letter.ReceivedAt);
    }
}
