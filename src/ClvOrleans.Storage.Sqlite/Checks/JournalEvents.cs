using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Reads events of which nothing is known to be right.</summary>
internal static class JournalEvents
{
    public static bool TryRead(SqliteDataReader row, int column, [NotNullWhen(true)] out CustomerEvent? e, out string error)
    {
        (e, error) = (null, "it is not an event.");
        try
        {
            e = JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerEvent);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidCastException or ArgumentException
            or FormatException)
        {
            error = unreadable.Message;
        }

        return e is not null;
    }

    /// <summary>
    /// The events of a store's customers, a customer after the other; what cannot be read is left out, since another check tells it.
    /// </summary>
    public static IEnumerable<(string Customer, List<CustomerEvent> Events)> ByCustomer(CheckedStore store)
    {
        var (customer, events) = ("", new List<CustomerEvent>());
        foreach (var row in store.Rows(
            "SELECT customer, payload FROM events WHERE store = $store ORDER BY customer, sequence", ("$store", store.Settings.Id.Value)))
        {
            if (row.GetString(0) is var next && next != customer)
            {
                if (events.Count > 0)
                {
                    yield return (customer, events);
                }

                (customer, events) = (next, []);
            }

            if (TryRead(row, 1, out var e, out _))
            {
                events.Add(e);
            }
        }

        if (events.Count > 0)
        {
            yield return (customer, events);
        }
    }
}
