using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>
/// Tells subscriptions who comes into the audiences of policies and leaves them. Each shard looks after its own customers: at what was sent
/// for them, at their consent and whom they have become, whenever their rows change. Nothing is told of a customer before what was told
/// last has ended, so that adds and removes arrive in order.
/// </summary>
internal sealed class AudienceFollower(
    IAudiences audiences, ISubscriptions subscriptions, ICustomerRows rows, IJournal journal, TimeProvider time)
{
    private const string Source = "audiences";
    private const int Page = 500;

    /// <summary>Follows to the end. False where another writer has taken the shard.</summary>
    public async Task<bool> FollowAsync(
        StoreId store, int shard, long writer, IReadOnlyList<Subscription> all, CancellationToken cancellation)
    {
        var told = all.Where(s => s.FollowsAudiences).ToList();
        return told.Count == 0
            || (await LookAtChangesAsync(store, shard, writer, cancellation)
                && await LookAtMarkedAsync(store, shard, writer, cancellation)
                && await TellAsync(store, shard, writer, told, cancellation));
    }

    // Consents and merges. Whoever is in an audience was marked, so that there is nothing to look at before the first subscription.
    private async Task<bool> LookAtChangesAsync(StoreId store, int shard, long writer, CancellationToken cancellation)
    {
        var after = await subscriptions.ReadCheckpointAsync(store, shard, Source, cancellation);
        var (from, upTo, known) = (after, after, new List<AudienceMark>());
        if (from == 0)
        {
            upTo = await rows.FindCommitAsync(store, shard, cancellation);
        }
        else
        {
            await foreach (var change in rows.ChangesAsync(store, shard, from, cancellation))
            {
                known.AddRange(await audiences.FindAsync(change.Customer, cancellation));
                upTo = change.Commit;
            }
        }

        return upTo == from || (await KeepAsync(store, shard, writer, known, cancellation)
            && await subscriptions.TryFollowAsync(store, shard, writer, Source, upTo, [], cancellation));
    }

    private async Task<bool> LookAtMarkedAsync(StoreId store, int shard, long writer, CancellationToken cancellation)
    {
        while (await audiences.ReadMarkedAsync(store, shard, Page, cancellation) is { Count: > 0 } marked)
        {
            if (!await KeepAsync(store, shard, writer, marked, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> KeepAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<AudienceMark> marks, CancellationToken cancellation)
    {
        var (members, successors) = (new List<AudienceMember>(), new List<AudienceMark>());
        foreach (var customer in marks.Distinct().GroupBy(m => m.Customer))
        {
            var successor = (await journal.FindTipAsync(customer.Key, cancellation)).MovedTo;
            var row = successor is null ? await rows.FindAsync(customer.Key, cancellation) : null;
            var holds = row is null ? [] : await audiences.HoldsAsync(customer.Key, cancellation);
            foreach (var mark in customer)
            {
                var held = holds.Where(h => h.Audience == mark.Audience && !(h.Until <= time.GetUtcNow())
                    && (h.IsTransactional || row!.Summary.Consents.Allow(ActionChannel.Audience.Name(), mark.Audience))).ToList();
                members.Add(new AudienceMember(
                    mark, held.Count > 0, held.Any(h => h.Until is null) ? null : held.Max(h => h.Until)));
                if (successor is { } next)
                {
                    successors.Add(mark with { Customer = next });
                }
            }
        }

        return members.Count == 0 || await audiences.TryKeepAsync(store, shard, writer, members, successors, cancellation);
    }

    private async Task<bool> TellAsync(
        StoreId store, int shard, long writer, IReadOnlyList<Subscription> told, CancellationToken cancellation)
    {
        foreach (var subscription in told)
        {
            while (await audiences.ReadUntoldAsync(store, shard, subscription, time.GetUtcNow(), Page, cancellation) is { Count: > 0 } news)
            {
                if (!await audiences.TryTellAsync(
                    store, shard, writer, subscription, [.. news.Select(n => (n, DeliveryOf(subscription, n, Now())))], cancellation))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What a subscription is told of an audience.</summary>
    internal static Delivery DeliveryOf(Subscription subscription, AudienceNews news, DateTimeOffset at) => SubscriptionNews.New(
        subscription, news.Customer, $"audience/{news.Audience}", at, needsConsent: news.IsIn,
        string.Create(CultureInfo.InvariantCulture, $"audience/{news.Audience}/{news.Customer.ToText()}/{news.Number}"),
        json =>
        {
            json.WriteString("type", news.IsIn ? "audience.added" : "audience.removed");
            json.WriteString("audience", news.Audience);
            json.WriteNumber("number", news.Number);
            json.WriteString("at", at);
        });

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
