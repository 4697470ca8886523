using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>Writes customer rows with what their watches notice: memberships and transitions, in the transaction of the row.</summary>
internal static class SqliteWatches
{
    /// <summary>What the row of a customer says; null where there is none.</summary>
    public static WatchedRow? Find(SqliteSession session, CustomerId customer)
    {
        using var rows = session.Query(
            "SELECT sequence, predicted, segments, definitions, watches FROM customers WHERE store = $store AND customer = $customer",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));
        return session.Next(rows)
            ? new WatchedRow(
                rows.GetInt64(0), new Money(rows.GetInt64(1)), SegmentSet.Parse(rows.GetString(2)), rows.GetString(3),
                rows.IsDBNull(4) ? null : (byte[])rows.GetValue(4))
            : null;
    }

    /// <summary>Writes the row of a customer; the transitions that it shows.</summary>
    public static ImmutableArray<Transition> Write(
        SqliteSession session, CustomerRow row, byte[] summary, WatchedRow? old, WatchState? joined = null) =>
        Write(session, row, summary, old, WatchedRow.Of(row, old, joined));

    /// <summary>Writes the row of an identity that ends; the transitions that it leaves.</summary>
    public static ImmutableArray<Transition> Leave(SqliteSession session, CustomerRow gone, byte[] summary, WatchedRow old) =>
        Write(session, gone, summary, old, WatchedRow.OfGone(gone, old));

    private static ImmutableArray<Transition> Write(
        SqliteSession session, CustomerRow row, byte[] summary, WatchedRow? old,
        (WatchedRow Now, ImmutableArray<Transition> Transitions) step)
    {
        SqliteCustomerRows.Upsert(session, row, summary, step.Now);
        Move(session, row.Id, old?.Segments ?? default, step.Now.Segments);
        Add(session, row.Id, step.Transitions);
        return step.Transitions;
    }

    private static void Move(SqliteSession session, CustomerId customer, SegmentSet from, SegmentSet to)
    {
        if (from == to)
        {
            return;
        }

        foreach (var left in from.Ids.Except(to.Ids))
        {
            session.Run(
                "DELETE FROM memberships WHERE store = $store AND segment = $segment AND customer = $customer",
                ("$store", customer.Store.Value), ("$segment", left.Value), ("$customer", customer.ToText()));
        }

        foreach (var entered in to.Ids.Except(from.Ids))
        {
            session.Run(
                "INSERT INTO memberships (store, segment, customer) VALUES ($store, $segment, $customer)",
                ("$store", customer.Store.Value), ("$segment", entered.Value), ("$customer", customer.ToText()));
        }
    }

    private static void Add(SqliteSession session, CustomerId customer, ImmutableArray<Transition> transitions)
    {
        if (transitions.IsEmpty)
        {
            return;
        }

        session.Run(
            "INSERT INTO transitions (store, shard, commit_number, at, customer, subjects, count, payload) SELECT store, shard, "
                + "commit_number, $at, customer, $subjects, $count, $payload FROM customers WHERE store = $store AND customer = $customer",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$at", transitions[0].At.ToUnixTimeMilliseconds()),
            ("$subjects", WatchedRow.SubjectsOf(transitions)), ("$count", transitions.Length),
            ("$payload", JsonSerializer.SerializeToUtf8Bytes(transitions, ValuationJson.Default.ImmutableArrayTransition)));
    }
}
