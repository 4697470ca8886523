using System.Text.Json;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>
/// Who is in an own segment is the same in the rows of customers, in what their watches remember, and in the lists of segments.
/// </summary>
internal sealed class MembershipCheck : IEachStoreCheck
{
    public string Name => "segments against customer rows";

    public IEnumerable<string> Run(CheckedStore store)
    {
        if (!store.Has("memberships"))
        {
            yield break;
        }

        foreach (var row in store.Rows(
            "SELECT m.store, m.segment, m.customer, ifnull(c.segments, '') FROM memberships m "
                + "LEFT JOIN customers c ON c.store = m.store AND c.customer = m.customer"))
        {
            if (!row.GetString(3).Split(' ').Contains(row.GetString(1)))
            {
                yield return $"{row.GetString(0)}/{row.GetString(2)}: is listed in segment {row.GetString(1)}, "
                    + "which the row does not name.";
            }
        }

        var newest = new WatchVersion(Last(store, "segment_definitions"), Last(store, "policies"));
        foreach (var row in store.Rows(
            "SELECT store, customer, segments, definitions, watches FROM customers WHERE store = $store "
                + "AND (segments <> '' OR watches IS NOT NULL)", ("$store", store.Settings.Id.Value)))
        {
            var (owner, customer, segments) = (row.GetString(0), row.GetString(1), SegmentSet.Parse(row.GetString(2)));
            foreach (var segment in segments.Ids.Where(s => store.Journal.Scalar(
                "SELECT 1 FROM memberships WHERE store = $store AND segment = $segment AND customer = $customer",
                ("$store", owner), ("$segment", s.Value), ("$customer", customer)) is null))
            {
                yield return $"{owner}/{customer}: the row names segment {segment}, whose list does not.";
            }

            if (!row.IsDBNull(4) && Difference(row.GetString(3), (byte[])row.GetValue(4), segments, newest) is { } difference)
            {
                yield return $"{owner}/{customer}: {difference}";
            }
        }
    }

    private static string? Difference(string definitions, byte[] watches, SegmentSet segments, WatchVersion newest)
    {
        try
        {
            var state = WatchedRow.StateOf(definitions, watches);
            return state.Segments != segments
                ? $"its watches remember the segments '{state.Segments}', the row names '{segments}'."
                : state.Version.Segments > newest.Segments || state.Version.Policies > newest.Policies
                    ? $"it was looked at by definitions {state.Version}, and the last are {newest}."
                    : null;
        }
        catch (JsonException e)
        {
            return $"what its watches remember cannot be read: {e.Message}";
        }
    }

    private static long Last(CheckedStore store, string table) => !store.Has(table) ? 0 : (long)store.Journal.Scalar(
        table == "policies"
            ? "SELECT ifnull(max(revision), 0) FROM policies WHERE store = $store"
            : "SELECT ifnull(max(revision), 0) FROM segment_definitions WHERE store = $store",
        ("$store", store.Settings.Id.Value))!;
}
