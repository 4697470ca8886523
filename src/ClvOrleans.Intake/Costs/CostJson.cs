using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Costs;

/// <summary>Reads costs of acquisition from JSON: one or many.</summary>
public static class CostJson
{
    private static readonly string[] Fields = ["id", "channel", "campaign", "from", "to", "amount", "currency"];

    /// <summary>Reads an object, or an array of objects. Members that are not known are refused.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="store">The store.</param>
    /// <exception cref="RefusedException">Something cannot be read: the message names the place.</exception>
    public static ImmutableArray<AcquisitionCost> Read(JsonElement body, StoreSettings store) => body.ValueKind == JsonValueKind.Array
        ? [.. body.EnumerateArray().Select((e, i) => One(e, $"[{i}].", store))]
        : [One(body, "", store)];

    private static AcquisitionCost One(JsonElement e, string path, StoreSettings store)
    {
        Json.CheckMembers(e, Fields, path, CostRules.Code);
        return CostRules.Read(
            Text("id"), Text("channel"), Text("campaign"), Text("from"), Text("to"), Text("amount"), Text("currency"), NumberForm.Plain,
            store, path);

        string? Text(string name) => Json.Text(e, name, path + name, CostRules.Code);
    }
}
