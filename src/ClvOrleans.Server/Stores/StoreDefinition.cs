using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClvOrleans.Server.Stores;

/// <summary>The settings, write keys and sources of a store as JSON: what <c>store.json</c> holds, and each version of a store.</summary>
internal static class StoreDefinition
{
    /// <summary>The definition that a file holds; the same settings are the same text.</summary>
    public static string Of(StoreFile file)
    {
        var json = JsonSerializer.SerializeToNode(file, StoreFileJson.Default.StoreFile)!.AsObject();
        if (file.ConsentCategories.Count > 0)
        {
            json["consentCategories"] = new JsonObject(file.ConsentCategories.Select(
                c => KeyValuePair.Create(c.Key, (JsonNode?)new JsonArray([.. c.Value.Select(p => (JsonNode?)p)]))));
        }

        if (file.KeepDays.Count > 0)
        {
            json["keepDays"] = new JsonObject(file.KeepDays.Select(
                k => KeyValuePair.Create(RetainedNames.Format(k.Key), (JsonNode?)k.Value)));
        }

        if (file.SmallestGroup > 0)
        {
            json["smallestGroup"] = file.SmallestGroup;
        }

        if (file.ExpectedCustomers > 0)
        {
            json["expectedCustomers"] = file.ExpectedCustomers;
        }

        if (file.Noise is { } noise)
        {
            json["noise"] = NoiseReader.Write(noise);
        }

        if (file.Pseudonyms)
        {
            json["pseudonyms"] = true;
        }

        if (file.StockSources.Count > 0)
        {
            json["stockSources"] = new JsonArray([.. file.StockSources.Select(s => (JsonNode?)s)]);
        }

        if (file.Sources.Count > 0)
        {
            json["sources"] = new JsonArray([.. file.Sources.Select(OfSource)]);
        }

        return json.ToJsonString();
    }

    /// <summary>A definition with the members that a body names in place of its own.</summary>
    /// <exception cref="FormatException">A member is unknown or wrong; the message names it.</exception>
    public static StoreFile Change(string definition, IEnumerable<JsonProperty> members)
    {
        var json = JsonNode.Parse(definition, new JsonNodeOptions { PropertyNameCaseInsensitive = true })!.AsObject();
        foreach (var member in members)
        {
            json[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return StoreFileReader.Read(json.ToJsonString());
    }

    private static JsonNode OfSource(ShopSource source)
    {
        var json = new JsonObject
        {
            ["name"] = source.Name,
            ["kind"] = source.Kind.ToString().ToLowerInvariant(),
            ["secrets"] = new JsonArray([.. source.Secrets.Select(s => (JsonNode?)s)]),
        };
        if (source.MeasurementId is { } id)
        {
            json["measurementId"] = id;
        }

        return json;
    }
}
