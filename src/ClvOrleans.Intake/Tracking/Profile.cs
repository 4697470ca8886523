using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>What an event says of the person: traits, and the campaign that brought them.</summary>
internal static class Profile
{
    private static readonly string[] CampaignParts = ["source", "medium", "name"];

    /// <summary>
    /// The traits that are kept, flattened to text, and the time zone of the context; null where there are none. What is no IANA zone is
    /// not kept, and a note says so.
    /// </summary>
    public static ImmutableSortedDictionary<string, string>? Traits(JsonElement traits, string? zone, List<EventNote> notes)
    {
        var address = Json.Find(traits, "address");
        var kept = TraitNames.All
            .Select(name =>
                (Name: name, Value: name == TraitNames.EventZone ? zone : Json.Describe(traits, name) ?? Json.Describe(address, name)))
            .Where(t => t.Value is not null && IsKept(t.Name, t.Value, notes))
            .ToImmutableSortedDictionary(t => t.Name, t => t.Value!, StringComparer.Ordinal);
        return kept.IsEmpty ? null : kept;
    }

    private static bool IsKept(string name, string value, List<EventNote> notes)
    {
        if (name is not (TraitNames.Zone or TraitNames.EventZone) || CustomerZone.Find(value) is not null)
        {
            return true;
        }

        var path = name == TraitNames.Zone ? "traits.timezone" : "context.timezone";
        notes.Add(new EventNote("unknown_time_zone", $"{path} '{value}' was ignored: a name such as Europe/Berlin was expected."));
        return false;
    }

    /// <summary>Source / medium / name of a campaign, as far as they are given.</summary>
    public static string? Campaign(JsonElement campaign)
    {
        var parts = CampaignParts.Select(p => Json.Describe(campaign, p)).OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join(" / ", parts);
    }
}
