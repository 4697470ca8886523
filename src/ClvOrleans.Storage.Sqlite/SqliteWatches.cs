using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
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

    /// <summary>How a customer stands. A row without a state has been looked at by the definitions that it names.</summary>
    public static WatchState StateOf(string definitions, byte[]? watches) =>
        watches is not null ? JsonSerializer.Deserialize(watches, ValuationJson.Default.WatchState)!
        : definitions.Length == 0 ? WatchState.None
        : new WatchState(WatchVersion.Parse(definitions), []);

    /// <summary>Writes the row of a customer.</summary>
    public static void Write(SqliteSession session, CustomerRow row, byte[] summary, WatchedRow? old, WatchState? joined = null)
    {
        if (row.Reading is not { } reading)
        {
            SqliteCustomerRows.Upsert(
                session, row, summary, new WatchedRow(row.Sequence, default, old?.Segments ?? default, old?.Definitions ?? "", old?.Watches));
            return;
        }

        if (old is not null && joined is null && reading.LeavesAsItWas(old.Segments, old.Definitions))
        {
            SqliteCustomerRows.Upsert(session, row, summary, old);
            return;
        }

        var stood = old?.State;
        var step = WatchStep.Of(stood, joined, old?.Predicted, reading);
        if (old is not null && step.Transitions.IsEmpty && step.State.IsSameAs(stood!))
        {
            SqliteCustomerRows.Upsert(session, row, summary, old);
            return;
        }

        var now = step.State.Segments;
        var kept = step.State is { Standings.IsEmpty: true, IsBehind: false }
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(step.State, ValuationJson.Default.WatchState);
        SqliteCustomerRows.Upsert(session, row, summary, new WatchedRow(row.Sequence, default, now, step.State.Definitions, kept));
        Move(session, row.Id, old?.Segments ?? default, now);
        Add(session, row.Id, step.Transitions);
    }

    /// <summary>Writes the row of an identity that ends.</summary>
    public static void Leave(SqliteSession session, CustomerRow gone, byte[] summary, WatchedRow old)
    {
        SqliteCustomerRows.Upsert(session, gone, summary, new WatchedRow(gone.Sequence, default, default, "", null));
        Move(session, gone.Id, old.Segments, default);
        if (gone.Reading is { } reading)
        {
            Add(session, gone.Id, WatchStep.Leave(gone.Id, old.State, old.Predicted, reading));
        }
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
            "INSERT INTO transitions (store, shard, commit_number, at, customer, subjects, count, payload) SELECT store, shard, commit_number, "
                + "$at, customer, $subjects, $count, $payload FROM customers WHERE store = $store AND customer = $customer",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$at", transitions[0].At.ToUnixTimeMilliseconds()),
            ("$subjects", $" {string.Join(' ', transitions.Select(t => t.Subject))} "), ("$count", transitions.Length),
            ("$payload", JsonSerializer.SerializeToUtf8Bytes(transitions, ValuationJson.Default.ImmutableArrayTransition)));
    }
}
