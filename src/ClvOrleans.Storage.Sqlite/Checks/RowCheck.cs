using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>The row of each customer, which reports and lists read, is the fold of their events.</summary>
internal sealed class RowCheck : IEachStoreCheck
{
    public string Name => "customer rows against their events";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows(
            "SELECT DISTINCT store, customer FROM events e WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.store = e.store "
                + "AND c.customer = e.customer AND c.lifecycle IS NOT NULL)"))
        {
            yield return $"{row.GetString(0)}/{row.GetString(1)}: there are events, but no customer row.";
        }

        foreach (var row in store.Rows(
            "SELECT store, customer, sequence, (SELECT max(sequence) FROM events e WHERE e.store = c.store AND e.customer = c.customer) "
                + "AS last FROM customers c WHERE lifecycle IS NOT NULL AND sequence IS NOT last"))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{row.GetString(0)}/{row.GetString(1)}: the row is of event {row.GetInt64(2)}, the last event "
                    + $"is {(row.IsDBNull(3) ? 0 : row.GetInt64(3))}.");
        }

        var shards = store.FindShards();
        foreach (var (customer, events) in JournalEvents.ByCustomer(store))
        {
            if (Difference(store, shards, customer, events) is { } difference)
            {
                yield return $"{store.Settings.Id}/{customer}: {difference}";
            }
        }
    }

    // What counts as money. Estimates are of their day, and what else the summary holds may be of an earlier version of clv.
    private static string? Difference(CheckedStore store, ShardCount shards, string customer, List<CustomerEvent> events)
    {
        var rows = store.Journal.Read(
            "SELECT sequence, orders, gross, historic, summary, shard FROM customers WHERE store = $store AND customer = $customer AND "
                + "lifecycle IS NOT NULL",
            row =>
                (Sequence: row.GetInt64(0), Orders: row.GetInt64(1), Gross: row.GetInt64(2), Net: row.GetInt64(3),
                    Summary: (byte[])row.GetValue(4), Shard: row.GetInt32(5)),
            ("$store", store.Settings.Id.Value), ("$customer", customer));
        if (rows is not [var row] || row.Sequence != events.Count)
        {
            return null; // Told already.
        }

        if (CustomerId.Parse(store.Settings.Id, customer).ShardIn(shards) is var shard && shard != row.Shard)
        {
            return $"the row is in shard {row.Shard}, and of {shards} shards it belongs to {shard}.";
        }

        var fold = CustomerSummary.Of(CustomerState.Fold(events, store.Settings), store.Settings);
        if ((row.Orders, row.Gross, row.Net) != (fold.Orders, Clamped(fold.Gross), Clamped(fold.Net)))
        {
            var currency = store.Settings.Currency;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the row has {row.Orders} orders worth {currency.ToMajor(new Money(row.Net))} {currency.Code} after refunds, its "
                    + $"events {fold.Orders} worth {currency.ToMajor(fold.Net)}.");
        }

        try
        {
            var kept = JsonSerializer.Deserialize(row.Summary, DomainJson.Default.CustomerSummary)!;
            return Days(kept).SequenceEqual(Days(fold)) && kept.Credits == fold.Credits
                ? null
                : "the purchase days of the row are not those of its events.";
        }
        catch (JsonException e)
        {
            return $"the summary of the row cannot be read: {e.Message}";
        }
    }

    private static IEnumerable<(DateOnly, int, Money, Money)> Days(CustomerSummary summary) =>
        summary.PurchaseDays.Select(d => (d.Day, d.Orders, d.Gross, d.Net));

    private static long Clamped(Money money) => (long)Int128.Clamp(money.Minor, long.MinValue, long.MaxValue);
}
