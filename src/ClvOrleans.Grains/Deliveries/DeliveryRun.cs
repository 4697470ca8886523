using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>
/// Delivers what is due of one shard. Each delivery is asked of its customer, kept as handed over, sent, and kept as sent: whatever ends
/// the silo in between, it is done again from there under the same id, and nobody else's is touched. Only the writer who took the shard
/// last hands over, so that two activations send once.
/// </summary>
internal sealed partial class DeliveryRun(DeliveryRuns runs, StoreId store, int shard)
{
    /// <summary>The source of the events that tell what became of deliveries.</summary>
    public const string Source = "clv-deliveries";

    private const int Page = 256;
    private const int MostMoves = 16;
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);
    private readonly Random _jitter = new((runs.Options.Seed * ShardCount.Most) + shard);
    private readonly Lock _lock = new();
    private long? _writer;
    private string? _failing;

    /// <summary>Delivers all that is due and has room in the rate. No failure leaves it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!runs.Stores.IsOpen(store))
        {
            return;
        }

        try
        {
            var writer = _writer ??= await runs.Deliveries.TakeAsync(store, shard, cancellation);
            var followed = runs.Follower.FollowAsync(store, shard, writer, cancellation);
            // What is due does not wait for what failed here.
            await ((Task)followed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DeliverAsync(writer, cancellation);
            _failing = await followed ? null : throw Taken();
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            _writer = null; // The silo stops, or the shard is another's.
        }
        catch (Exception e)
        {
            // What it handed over is found by the next writer.
            _writer = null;
            if (_failing != e.Message)
            {
                _failing = e.Message;
                LogFailed(runs.Logger, e, shard, store);
            }
        }
    }

    // Most runs find a few, which one look shows; where there are more, each channel has pages of its own.
    private async Task DeliverAsync(long writer, CancellationToken cancellation)
    {
        var due = await ReadAsync(null, writer, cancellation);
        await Task.WhenAll(due.Count < Page
            ? due.GroupBy(d => d.Channel).Select(c => DeliverAsync(c.Key, [.. c], writer, cancellation))
            : Enum.GetValues<ActionChannel>().Select(async c =>
                await DeliverAsync(c, await ReadAsync(c, writer, cancellation), writer, cancellation)));
    }

    private Task<IReadOnlyList<Delivery>> ReadAsync(ActionChannel? channel, long writer, CancellationToken cancellation) =>
        runs.Deliveries.ReadDueAsync(store, shard, writer, channel, runs.Time.GetUtcNow(), Page, cancellation);

    // Page by page, until nothing is due or the rate has no room.
    private async Task DeliverAsync(ActionChannel channel, IReadOnlyList<Delivery> due, long writer, CancellationToken cancellation)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = runs.Options.AtOnce, CancellationToken = cancellation };
        for (; due.Count > 0 && runs.Stores.IsOpen(store); due = await ReadAsync(channel, writer, cancellation))
        {
            var count = runs.Options.MostPerMinute(channel) is null
                ? due.Count
                : await runs.Grains.GetSendRate(store, channel).TakeAsync(due.Count);
            Exception? failure = null;
            await Parallel.ForEachAsync(due.Take(count), limits, async (delivery, _) =>
            {
                try
                {
                    await DeliverAsync(delivery, writer, cancellation);
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    failure ??= e; // The others of the page go on.
                }
            });
            if (failure is not null)
            {
                throw new IOException($"What became of deliveries could not be kept: {failure.Message}", failure);
            }

            if (count < Page)
            {
                return;
            }
        }
    }

    private async Task DeliverAsync(Delivery delivery, long writer, CancellationToken cancellation)
    {
        delivery = delivery with { MayHaveArrived = delivery.MayHaveArrived || delivery.State == DeliveryState.Handed };
        var asked = await AskAsync(delivery);
        var next = asked?.Next ?? delivery with { State = DeliveryState.Waiting, NextAt = runs.Time.GetUtcNow() + BusyWait };
        if (next.State != DeliveryState.Handed)
        {
            await PutAsync(next, writer, cancellation);
            runs.Telemetry.AddDelivery(next, attempt: null);
            return;
        }

        switch (await runs.Deliveries.HandOverAsync(store, shard, writer, next, asked!.Day, cancellation))
        {
            case HandOverResult.Handed:
                break;
            case HandOverResult.Fenced:
                throw Taken();
            default:
                return;
        }

        var began = runs.Time.GetTimestamp();
        var result = await SendAsync(next, asked.Recipient, cancellation);
        var took = runs.Time.GetElapsedTime(began);
        var after = After(next, result);
        await TellAsync(after, asked.Recipient, result);
        await PutAsync(after, writer, CancellationToken.None);
        runs.Telemetry.AddDelivery(after, took);
    }

    // What the customer says, in their turn; null where they could not be asked.
    private async Task<Asked?> AskAsync(Delivery delivery)
    {
        var now = runs.Time.GetUtcNow();
        if (delivery.ExpiresAt <= now)
        {
            return Ended(delivery, DeliveryState.Cancelled, DeliveryReasons.Expired);
        }

        if (delivery.State == DeliveryState.Waiting && delivery.NextAt > now)
        {
            return Ended(delivery, DeliveryState.Cancelled, DeliveryReasons.Stopped); // Only for that is it due before its time.
        }

        if (runs.Find(delivery.Channel) is null)
        {
            return Ended(delivery, DeliveryState.Dead, DeliveryReasons.Channel);
        }

        try
        {
            var customer = delivery.Customer;
            var question = new HandOver(
                customer, (delivery.Subscription is null ? delivery.Channel : ActionChannel.Audience).Name(), delivery.Topic,
                !delivery.IsTransactional, delivery.Channel == ActionChannel.Email, delivery.CreatedAt, delivery.Condition, delivery.Goal,
                delivery.GoalAfter);
            for (var move = 0; move < MostMoves; move++)
            {
                var reply = await runs.Grains.GetCustomer(customer).HandOverAsync(question);
                switch (reply.Status)
                {
                    case HandOverStatus.Go:
                        return Go(delivery, new Recipient(customer, reply.Address, reply.Name), ZoneOf(reply), now);
                    // Who is told that somebody has left is to forget them, also where we have.
                    case HandOverStatus.Stop
                        when reply.Reason == DeliveryReasons.Unknown && delivery is { Subscription: not null, IsTransactional: true }:
                        return Go(delivery, Nobody(delivery), TimeZoneInfo.Utc, now);
                    case HandOverStatus.Stop:
                        return Ended(delivery, DeliveryState.Cancelled, reply.Reason!);
                    case HandOverStatus.Moved:
                        customer = reply.MovedTo!.Value;
                        break;
                    default:
                        return null;
                }
            }

            return null;
        }
        catch (Exception e)
        {
            return new Asked(After(delivery with { Attempts = delivery.Attempts + 1 }, SendResult.Again(e.Message)), Nobody(delivery));
        }
    }

    // A silo of an earlier version says none.
    private static TimeZoneInfo ZoneOf(HandOverReply reply) =>
        reply.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Utc;

    // Unless it is night where the customer is.
    private Asked Go(Delivery delivery, Recipient recipient, TimeZoneInfo zone, DateTimeOffset now)
    {
        var due = delivery.Quiet?.EndAfter(now, zone) ?? now;
        return due == now ? new Asked(
                delivery with { State = DeliveryState.Handed, Attempts = delivery.Attempts + 1, HandedAt = now, Reason = null }, recipient)
        {
            Day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
        }
            : delivery.Quiet!.Drops ? Ended(delivery, DeliveryState.Cancelled, DeliveryReasons.QuietHours)
            : new Asked(delivery with { State = DeliveryState.Waiting, NextAt = due }, recipient);
    }

    private async Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(runs.Options.Timeout, runs.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await runs.Find(delivery.Channel)!.SendAsync(delivery, recipient, either.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw; // Whether it arrived is not known: the next writer repeats it.
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return SendResult.Unsure($"There was no answer within {runs.Options.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e)
        {
            return SendResult.Unsure(e.Message);
        }
    }

    private Delivery After(Delivery delivery, SendResult result)
    {
        var now = runs.Time.GetUtcNow();
        delivery = delivery with { MayHaveArrived = delivery.MayHaveArrived || result.MayHaveArrived };
        if (result.Kind == SendResultKind.Sent)
        {
            return delivery with { State = DeliveryState.Sent, EndedAt = now, Reason = null };
        }

        TimeSpan? wait;
        lock (_lock)
        {
            wait = result.Kind == SendResultKind.Failed ? null : runs.Options.Retries.WaitAfter(delivery.Attempts, _jitter.NextDouble());
        }

        return wait is { } w
            ? delivery with
            {
                State = DeliveryState.Waiting,
                Reason = result.Reason,
                NextAt = result.NotBefore > now + w ? result.NotBefore.Value : now + w,
            }
            : delivery with { State = DeliveryState.Dead, EndedAt = now, Reason = result.Reason };
    }

    // Outcomes are events of the customer, known again by the delivery's id.
    private async Task TellAsync(Delivery delivery, Recipient recipient, SendResult result)
    {
        var kind = delivery.State == DeliveryState.Sent ? EventKind.MessageSent : EventKind.MessageBounced;
        if (delivery.Decision is null || (kind == EventKind.MessageBounced && (result.Bounce is null || delivery.IsOpen)))
        {
            return;
        }

        var told = new CustomerEvent
        {
            MessageId = $"{delivery.Id}:{kind}",
            Source = Source,
            Kind = kind,
            At = DateTimeOffset.FromUnixTimeMilliseconds(runs.Time.GetUtcNow().ToUnixTimeMilliseconds()),
            Message = new MessageFacts(
                delivery.Channel.Name(), delivery.Id.Value, delivery.Channel == ActionChannel.Email ? recipient.Address : null,
                kind == EventKind.MessageBounced ? result.Bounce : null),
        };
        try
        {
            var outcome = (await runs.Router.RecordAsync([new RoutedEvent(recipient.Customer, told)]))[0];
            if (outcome.Kind == OutcomeKind.Failed)
            {
                LogUntold(runs.Logger, null, delivery.Id.Value, store);
            }
        }
        catch (Exception e)
        {
            LogUntold(runs.Logger, e, delivery.Id.Value, store);
        }
    }

    private Asked Ended(Delivery delivery, DeliveryState state, string reason) =>
        new(delivery with { State = state, EndedAt = runs.Time.GetUtcNow(), Reason = reason }, Nobody(delivery));

    private static InvalidOperationException Taken() => new("Another activation has taken the shard.");

    private static Recipient Nobody(Delivery delivery) => new(delivery.Customer, null, null);

    private async Task PutAsync(Delivery delivery, long writer, CancellationToken cancellation)
    {
        if (!await runs.Deliveries.TryPutAsync(store, shard, writer, [delivery], cancellation))
        {
            throw Taken();
        }
    }

    [LoggerMessage(
        4201, LogLevel.Warning,
        "Deliveries of shard {Shard} of store {Store} were not sent; they are tried again. (The same failure is not logged again.)")]
    private static partial void LogFailed(ILogger logger, Exception error, int shard, StoreId store);

    // Sending it again because of that would be worse.
    [LoggerMessage(
        4202, LogLevel.Warning,
        "What became of delivery {Delivery} of store {Store} is known, but was not recorded as an event of the customer.")]
    private static partial void LogUntold(ILogger logger, Exception? error, string delivery, StoreId store);

    private sealed record Asked(Delivery Next, Recipient Recipient)
    {
        public DateOnly Day { get; init; }
    }
}
