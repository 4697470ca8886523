using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>What a decision takes of the limits, and the counters that it is counted in.</summary>
/// <param name="Store">The store.</param>
/// <param name="Id">The decision.</param>
/// <param name="Customer">The customer as of now.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Charge">What it takes.</param>
/// <param name="IsGivenBack">Whether it counts no more.</param>
internal sealed record SqliteCharge(
    StoreId Store, DecisionId Id, string Customer, string Policy, DecisionCharge Charge, bool IsGivenBack)
{
    /// <summary>What a decision takes; null where it takes nothing.</summary>
    public static SqliteCharge? Find(SqliteSession session, StoreId store, DecisionId id) => session.Read(
        "SELECT customer, policy, charge, given_back_at FROM decisions WHERE store = $store AND id = $id AND charge IS NOT NULL",
        row => new SqliteCharge(
            store, id, row.GetString(0), row.GetString(1),
            JsonSerializer.Deserialize((byte[])row.GetValue(2), PoliciesJson.Default.DecisionCharge)!, !row.IsDBNull(3)),
        ("$store", store.Value), ("$id", id.Value)).SingleOrDefault();

    /// <summary>How often the charge's channel reaches the customer on a day of their calendar.</summary>
    public int ContactsOn(SqliteSession session, DateOnly day) => (int)(session.Scalar(
        "SELECT contacts FROM contact_days WHERE store = $store AND customer = $customer AND channel = $channel AND day = $day",
        ("$store", Store.Value), ("$customer", Customer), ("$channel", Charge.Channel.ToString()), ("$day", day.DayNumber)) as long? ?? 0);

    /// <summary>How often the policy acts on the charge's day.</summary>
    public int ActionsOn(SqliteSession session) => (int)(session.Scalar(
        "SELECT actions FROM policy_days WHERE store = $store AND policy = $policy AND day = $day",
        ("$store", Store.Value), ("$policy", Policy), ("$day", Charge.Day.DayNumber)) as long? ?? 0);

    /// <summary>What the policy has spent of the charge's budget.</summary>
    public Money Spent(SqliteSession session) => new(session.Scalar(
        "SELECT spent FROM policy_spending WHERE store = $store AND policy = $policy AND period = $period",
        ("$store", Store.Value), ("$policy", Policy), ("$period", Charge.Period)) as long? ?? 0);

    /// <summary>Has the decision count no more. False where it did not.</summary>
    public bool GiveBack(SqliteSession session, DateTimeOffset at)
    {
        if (IsGivenBack)
        {
            return false;
        }

        session.Run(
            "UPDATE decisions SET given_back_at = $at WHERE store = $store AND id = $id",
            ("$store", Store.Value), ("$id", Id.Value), ("$at", at.ToUnixTimeMilliseconds()));
        Count(session, -1);
        CountContact(session, Charge.ContactDay, -1);
        return true;
    }

    /// <summary>Has the decision count, and its contact on a day of the customer's calendar.</summary>
    public void CountOn(SqliteSession session, DateOnly day)
    {
        if (!IsGivenBack && Charge.ContactDay == day)
        {
            return;
        }

        if (IsGivenBack)
        {
            Count(session, 1);
        }
        else
        {
            CountContact(session, Charge.ContactDay, -1);
        }

        CountContact(session, day, 1);
        session.Run(
            "UPDATE decisions SET given_back_at = NULL, charge = $charge WHERE store = $store AND id = $id",
            ("$store", Store.Value), ("$id", Id.Value),
            ("$charge", JsonSerializer.SerializeToUtf8Bytes(Charge with { ContactDay = day }, PoliciesJson.Default.DecisionCharge)));
    }

    private void Count(SqliteSession session, int times)
    {
        session.Run(
            "UPDATE policy_spending SET spent = spent + $cost WHERE store = $store AND policy = $policy AND period = $period",
            ("$store", Store.Value), ("$policy", Policy), ("$period", Charge.Period), ("$cost", times * (long)Charge.Amount.Minor));
        session.Run(
            "UPDATE policy_days SET actions = actions + $times WHERE store = $store AND policy = $policy AND day = $day",
            ("$store", Store.Value), ("$policy", Policy), ("$day", Charge.Day.DayNumber), ("$times", times));
    }

    private void CountContact(SqliteSession session, DateOnly day, int times)
    {
        if (Charge.Channel is { } channel)
        {
            session.Run(
                "INSERT INTO contact_days (store, customer, channel, day, contacts) VALUES ($store, $customer, $channel, $day, $times) "
                    + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contacts + $times",
                ("$store", Store.Value), ("$customer", Customer), ("$channel", channel.ToString()), ("$day", day.DayNumber),
                ("$times", times));
        }
    }
}
