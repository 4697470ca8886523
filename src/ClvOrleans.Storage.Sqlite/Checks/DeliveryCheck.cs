using System.Text.Json;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Each delivery of an action has its decision, and each can be read.</summary>
internal sealed class DeliveryCheck : IEachStoreCheck
{
    public string Name => "deliveries against decisions";

    public IEnumerable<string> Run(CheckedStore store)
    {
        if (!store.Has("deliveries"))
        {
            yield break;
        }

        foreach (var row in store.Rows(
            "SELECT o.id, o.state, o.body, d.outcome, o.subscription FROM deliveries o "
                + "LEFT JOIN decisions d ON d.store = o.store AND d.id = o.id WHERE o.store = $store",
            ("$store", store.Settings.Id.Value)))
        {
            if (Problem(
                row.GetString(0), row.GetString(1), (byte[])row.GetValue(2), row.IsDBNull(3) ? null : row.GetString(3), !row.IsDBNull(4))
                is { } problem)
            {
                yield return $"delivery {row.GetString(0)}: {problem}";
            }
        }
    }

    private static string? Problem(string id, string state, byte[] body, string? outcome, bool isTold)
    {
        try
        {
            var delivery = JsonSerializer.Deserialize(body, DeliveryJson.Default.Delivery)!;
            return delivery.Id.Value != id ? "it is another one than its columns say."
                : !Enum.TryParse<DeliveryState>(state, out _) ? $"there is no state '{state}'."
                : isTold ? null
                : outcome is null ? "its decision is not there."
                : outcome != "Acted" ? $"its decision did not act, it is {outcome}."
                : null;
        }
        catch (JsonException e)
        {
            return $"it cannot be read: {e.Message}";
        }
    }
}
