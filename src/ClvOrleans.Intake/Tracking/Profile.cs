using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>What an event says of the person: traits, and the campaign that brought them.</summary>
internal static class Profile
{
    private static readonly string[] CampaignParts = ["source", "medium", "name"];

    /// <summary>The traits that are kept, flattened to text; null where there are none.</summary>
    public static ImmutableSortedDictionary<string, string>? Traits(JsonElement traits)
    {
        var address = Json.Find(traits, "address");
        var kept = TraitNames.All
            .Select(name => (Name: name, Value: Json.Describe(traits, name) ?? Json.Describe(address, name)))
            .Where(t => t.Value is not null)
            .ToImmutableSortedDictionary(t => t.Name, t => t.Value!, StringComparer.Ordinal);
        return kept.IsEmpty ? null : kept;
    }

    /// <summary>Source / medium / name of a campaign, as far as they are given.</summary>
    public static string? Campaign(JsonElement campaign)
    {
        var parts = CampaignParts.Select(p => Json.Describe(campaign, p)).OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join(" / ", parts);
    }
}
