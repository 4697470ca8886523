using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>Hands one delivery over within the writer's transaction, or says what stops it.</summary>
internal sealed class SqliteHandOver(StoreId store, int shard, long writer, Delivery delivery, DateOnly day)
{
    public HandOverResult Result { get; private set; }

    public void Write(SqliteSession session)
    {
        if (!SqliteDeliveries.IsWriter(session, store, shard, writer))
        {
            Result = HandOverResult.Fenced;
            return;
        }

        var policies = SqliteStandings.Read(session, store);
        var standing = delivery.Policy is { } policy ? policies.Of(policy) : HandOverStanding.Acts;
        if (standing == HandOverStanding.Held)
        {
            Result = HandOverResult.Held;
            return;
        }

        var taken = delivery.Decision is { } decision ? SqliteCharge.Find(session, store, decision) : null;
        var reason = standing == HandOverStanding.Stopped ? DeliveryReasons.Stopped
            : taken is null || delivery.MayHaveArrived ? null
            : LimitsOf(session, taken).Exceeded(
                taken.Charge, taken.IsGivenBack,
                taken.Charge.Channel is { } channel && policies.Terms.ChannelCaps.TryGetValue(channel, out var cap) ? cap : null);
        var next = reason is null ? delivery : delivery with
        {
            State = DeliveryState.Cancelled,
            Attempts = delivery.Attempts - 1,
            EndedAt = delivery.HandedAt,
            HandedAt = null,
            Reason = reason,
        };
        var isKept = SqliteDeliveries.Update(session, store, shard, writer, next);
        if (isKept && reason is null && taken is not null && !delivery.MayHaveArrived)
        {
            taken.CountOn(session, day);
        }

        Result = isKept && reason is null ? HandOverResult.Handed : HandOverResult.Ended;
    }

    // What else counts: of the policy what has left, of the channel also what waits.
    private HandOverLimits LimitsOf(SqliteSession session, SqliteCharge taken)
    {
        var charge = taken.Charge;
        var isOwnDay = !taken.IsGivenBack && charge.ContactDay == day;
        return new HandOverLimits(
            charge.CoolDownDays == 0 ? 0 : LeftSince(charge.CoolDownDays),
            charge.CustomerCap is { } cap ? LeftSince(cap.Days) : 0,
            charge.Channel is null ? 0 : taken.ContactsOn(session, day) - (isOwnDay ? 1 : 0),
            taken.IsGivenBack ? taken.ActionsOn(session) : 0,
            taken.IsGivenBack ? taken.Spent(session) : Money.Zero);

        // The first condition is that of an index.
        int LeftSince(int days) => (int)(long)session.Scalar(
            "SELECT count(*) FROM decisions d LEFT JOIN deliveries o ON o.store = d.store AND o.id = d.id "
                + "WHERE d.store = $store AND d.customer = $customer AND d.policy = $policy AND d.outcome <> 'Suppressed' "
                + "AND d.outcome = 'Acted' AND d.given_back_at IS NULL AND d.id <> $id "
                + "AND (o.id IS NULL OR o.state <> 'Waiting' OR o.arrived = 1) AND ifnull(o.handed_at, d.due_at) > $since",
            ("$store", store.Value), ("$customer", taken.Customer), ("$policy", taken.Policy), ("$id", delivery.Id.Value),
            ("$since", delivery.HandedAt!.Value.AddDays(-days).ToUnixTimeMilliseconds()))!;
    }
}
