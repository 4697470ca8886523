using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Sql;

/// <summary>Hands one delivery over within a transaction, or says what stops it.</summary>
internal sealed class SqlHandOver(StoreId store, int shard, long writer, Delivery delivery, DateOnly day)
{
    /// <summary>
    /// How often a policy has reached a customer since. By the index of the customer's decisions: what is computed keeps a planner from
    /// that of the policy's, which are many.
    /// </summary>
    internal const string LeftSince =
        "SELECT count(*) FROM decisions d LEFT JOIN deliveries o ON o.store = d.store AND o.id = d.id "
        + "WHERE d.store = $store AND d.customer = $customer AND d.outcome <> 'Suppressed' "
        + "AND d.policy || '' = $policy AND d.outcome || '' = 'Acted' AND d.given_back_at IS NULL AND d.id <> $id "
        + "AND (o.id IS NULL OR o.state <> 'Waiting' OR o.arrived = 1) AND COALESCE(o.handed_at, d.due_at) > $since";

    /// <summary>
    /// What it holds: that of the policies, so that whoever changes a mode or the terms comes before, or is told after it is durable; and
    /// that of the decisions, whose limits it counts.
    /// </summary>
    public IReadOnlyCollection<string> Scopes =>
    [
        SqlDeliveries.ScopeOf(store, shard),
        .. IsOfPolicy ? [SqlPolicies.ScopeOf(store), SqlDecisions.ScopeOf(store)] : Array.Empty<string>(),
    ];

    public HandOverResult Result { get; private set; }

    private bool IsOfPolicy => delivery is not { Policy: null, Decision: null };

    public async ValueTask WriteAsync(ISqlSession session)
    {
        if (!await SqlDeliveries.IsWriterAsync(session, store, shard, writer))
        {
            Result = HandOverResult.Fenced;
            return;
        }

        var terms = IsOfPolicy ? await SqlPolicies.TermsOfAsync(session, store) : PolicyTerms.Default;
        var standing = delivery.Policy is { } policy ? await StandingOfAsync(session, policy, terms) : HandOverStanding.Acts;
        if (standing == HandOverStanding.Held)
        {
            Result = HandOverResult.Held;
            return;
        }

        var taken = delivery.Decision is { } decision ? await SqlCharge.FindAsync(session, store, decision) : null;
        var reason = standing == HandOverStanding.Stopped ? DeliveryReasons.Stopped
            : taken is null || delivery.MayHaveArrived ? null
            : (await LimitsOfAsync(session, taken)).Exceeded(
                taken.Charge, taken.IsGivenBack,
                taken.Charge.Channel is { } channel && terms.ChannelCaps.TryGetValue(channel, out var cap) ? cap : null);
        var next = reason is null ? delivery : delivery with
        {
            State = DeliveryState.Cancelled,
            Attempts = delivery.Attempts - 1,
            EndedAt = delivery.HandedAt,
            HandedAt = null,
            Reason = reason,
        };
        var isKept = await SqlDeliveries.UpdateAsync(session, store, shard, writer, next);
        if (isKept && reason is null && taken is not null && !delivery.MayHaveArrived)
        {
            await taken.CountOnAsync(session, day);
        }

        Result = isKept && reason is null ? HandOverResult.Handed : HandOverResult.Ended;
    }

    private async ValueTask<HandOverStanding> StandingOfAsync(ISqlSession session, PolicyId policy, PolicyTerms terms) =>
        HandOverStandings.Of(
            terms,
            await session.ScalarAsync(
                "SELECT mode FROM policy_modes WHERE store = $store AND id = $id", ("$store", store.Value),
                ("$id", policy.Value)) is string mode
                ? Enum.Parse<PolicyMode>(mode)
                : null);

    // What else counts: of the policy what has left, of the channel also what waits.
    private async ValueTask<HandOverLimits> LimitsOfAsync(ISqlSession session, SqlCharge taken)
    {
        var charge = taken.Charge;
        var isOwnDay = !taken.IsGivenBack && charge.ContactDay == day;
        return new HandOverLimits(
            charge.CoolDownDays == 0 ? 0 : await LeftSinceAsync(charge.CoolDownDays),
            charge.CustomerCap is { } cap ? await LeftSinceAsync(cap.Days) : 0,
            charge.Channel is null ? 0 : await taken.ContactsOnAsync(session, day) - (isOwnDay ? 1 : 0),
            taken.IsGivenBack ? await taken.ActionsAsync(session) : 0,
            taken.IsGivenBack ? await taken.SpentAsync(session) : Money.Zero);

        async ValueTask<int> LeftSinceAsync(int days) => (int)(long)(await session.ScalarAsync(
            LeftSince,
            ("$store", store.Value), ("$customer", taken.Customer), ("$policy", taken.Policy), ("$id", delivery.Id.Value),
            ("$since", delivery.HandedAt!.Value.AddDays(-days).ToUnixTimeMilliseconds())))!;
    }
}
