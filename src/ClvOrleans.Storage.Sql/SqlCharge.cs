using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Sql;

/// <summary>
/// What a decision takes of the limits, and the counters that it is counted in. Whoever has it holds what decides in the store.
/// </summary>
/// <param name="Store">The store.</param>
/// <param name="Id">The decision.</param>
/// <param name="Customer">The customer as of now.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Charge">What it takes.</param>
/// <param name="IsGivenBack">Whether it counts no more.</param>
internal sealed record SqlCharge(
    StoreId Store, DecisionId Id, string Customer, string Policy, DecisionCharge Charge, bool IsGivenBack)
{
    /// <summary>What a decision takes; null where it takes nothing.</summary>
    public static async ValueTask<SqlCharge?> FindAsync(ISqlSession session, StoreId store, DecisionId id) =>
        // Changed to what it is: a merge that is under way has ended, or waits.
        (await session.ReadAsync(
            "UPDATE decisions SET given_back_at = given_back_at WHERE store = $store AND id = $id AND charge IS NOT NULL "
                + "RETURNING customer, policy, charge, given_back_at",
            row => new SqlCharge(
                store, id, row.GetString(0), row.GetString(1),
                JsonSerializer.Deserialize((byte[])row.GetValue(2), PoliciesJson.Default.DecisionCharge)!, !row.IsDBNull(3)),
            ("$store", store.Value), ("$id", id.Value))).SingleOrDefault();

    /// <summary>How often the charge's channel reaches the customer on a day of their calendar.</summary>
    public async ValueTask<int> ContactsOnAsync(ISqlSession session, DateOnly day) => (int)(await session.ScalarAsync(
        "SELECT contacts FROM contact_days WHERE store = $store AND customer = $customer AND channel = $channel AND day = $day",
        ("$store", Store.Value), ("$customer", Customer), ("$channel", Charge.Channel.ToString()), ("$day", day.DayNumber)) as long? ?? 0);

    /// <summary>How often the policy acts on the charge's day.</summary>
    public async ValueTask<int> ActionsAsync(ISqlSession session) => (int)(await session.ScalarAsync(
        "SELECT actions FROM policy_days WHERE store = $store AND policy = $policy AND day = $day",
        ("$store", Store.Value), ("$policy", Policy), ("$day", Charge.Day.DayNumber)) as long? ?? 0);

    /// <summary>What the policy has spent of the charge's budget.</summary>
    public async ValueTask<Money> SpentAsync(ISqlSession session) => new(await session.ScalarAsync(
        "SELECT spent FROM policy_spending WHERE store = $store AND policy = $policy AND period = $period",
        ("$store", Store.Value), ("$policy", Policy), ("$period", Charge.Period)) as long? ?? 0);

    /// <summary>Has the decision count no more. False where it did not.</summary>
    public async ValueTask<bool> GiveBackAsync(ISqlSession session, DateTimeOffset at)
    {
        if (IsGivenBack)
        {
            return false;
        }

        await session.RunAsync(
            "UPDATE decisions SET given_back_at = $at WHERE store = $store AND id = $id",
            ("$store", Store.Value), ("$id", Id.Value), ("$at", at.ToUnixTimeMilliseconds()));
        await CountAsync(session, -1);
        await CountContactAsync(session, Charge.ContactDay, -1);
        return true;
    }

    /// <summary>Has the decision count, and its contact on a day of the customer's calendar.</summary>
    public async ValueTask CountOnAsync(ISqlSession session, DateOnly day)
    {
        if (!IsGivenBack && Charge.ContactDay == day)
        {
            return;
        }

        if (IsGivenBack)
        {
            await CountAsync(session, 1);
        }
        else
        {
            await CountContactAsync(session, Charge.ContactDay, -1);
        }

        await CountContactAsync(session, day, 1);
        await session.RunAsync(
            "UPDATE decisions SET given_back_at = NULL, charge = $charge WHERE store = $store AND id = $id",
            ("$store", Store.Value), ("$id", Id.Value),
            ("$charge", JsonSerializer.SerializeToUtf8Bytes(Charge with { ContactDay = day }, PoliciesJson.Default.DecisionCharge)));
    }

    private async ValueTask CountAsync(ISqlSession session, int times)
    {
        await session.RunAsync(
            "UPDATE policy_spending SET spent = spent + $cost WHERE store = $store AND policy = $policy AND period = $period",
            ("$store", Store.Value), ("$policy", Policy), ("$period", Charge.Period), ("$cost", times * (long)Charge.Amount.Minor));
        await session.RunAsync(
            "UPDATE policy_days SET actions = actions + $times WHERE store = $store AND policy = $policy AND day = $day",
            ("$store", Store.Value), ("$policy", Policy), ("$day", Charge.Day.DayNumber), ("$times", times));
    }

    private async ValueTask CountContactAsync(ISqlSession session, DateOnly day, int times)
    {
        if (Charge.Channel is { } channel)
        {
            await session.RunAsync(
                "INSERT INTO contact_days (store, customer, channel, day, contacts) VALUES ($store, $customer, $channel, $day, $times) "
                    + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contact_days.contacts + excluded.contacts",
                ("$store", Store.Value), ("$customer", Customer), ("$channel", channel.ToString()), ("$day", day.DayNumber),
                ("$times", times));
        }
    }
}
