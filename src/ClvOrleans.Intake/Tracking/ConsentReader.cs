using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// What an event says of consents: by <c>context.consent.categoryPreferences</c> of Segment's clients, by
/// <c>context.consentManagement</c> of RudderStack's, by <c>properties.consents</c> of Consent Changed, and by what Unsubscribed and
/// complaints mean.
/// </summary>
internal static class ConsentReader
{
    /// <summary>The consents by purpose; null where the event says nothing, which leaves those of the customer as they are.</summary>
    public static ImmutableSortedDictionary<string, bool>? Read(
        EventKind kind, JsonElement e, ReceivedBatch batch, JsonElement properties, MessageFacts? message,
        ImmutableSortedDictionary<string, ImmutableArray<string>> meanings, List<EventNote> notes)
    {
        var said = ImmutableSortedDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        foreach (var (category, isGranted) in meanings.IsEmpty ? [] : Categories(e, batch, meanings))
        {
            if (!meanings.TryGetValue(category, out var purposes))
            {
                notes.Add(new EventNote(
                    "unknown_consent_category",
                    $"consent category '{Refusal.Shown(category)}' was not read: consentCategories of store.json does not say what it "
                        + "means."));
                continue;
            }

            foreach (var purpose in purposes)
            {
                Say(said, purpose, isGranted);
            }
        }

        if (kind == EventKind.ConsentChanged)
        {
            ReadPurposes(properties, said, notes);
        }

        // A provider's unsubscription is one of the whole channel, unless it names a topic of ours.
        if (kind is EventKind.Unsubscribed or EventKind.MessageComplained)
        {
            var topic = kind == EventKind.Unsubscribed ? Json.Describe(properties, "topic") : null;
            var purpose = Consents.Of(message!.Channel, topic);
            said[Consents.IsPurpose(purpose) ? purpose : message.Channel] = false;
        }

        return said.Count == 0 ? null : said.ToImmutable();
    }

    // An empty categoryPreferences refuses all that the store knows; RudderStack's lists say nothing where both are empty.
    private static IEnumerable<KeyValuePair<string, bool>> Categories(
        JsonElement e, ReceivedBatch batch, ImmutableSortedDictionary<string, ImmutableArray<string>> meanings)
    {
        if (Json.Find(batch.ContextOf(e, "consent"), "categoryPreferences") is { ValueKind: JsonValueKind.Object } preferences)
        {
            var named = preferences.EnumerateObject()
                .Where(c => c.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                .Select(c => KeyValuePair.Create(c.Name, c.Value.ValueKind == JsonValueKind.True))
                .ToList();
            return preferences.EnumerateObject().Any() ? named : meanings.Keys.Select(c => KeyValuePair.Create(c, false));
        }

        var management = batch.ContextOf(e, "consentManagement");
        return Ids(management, "allowedConsentIds").Select(id => KeyValuePair.Create(id, true))
            .Concat(Ids(management, "deniedConsentIds").Select(id => KeyValuePair.Create(id, false)));
    }

    private static void ReadPurposes(JsonElement properties, ImmutableSortedDictionary<string, bool>.Builder said, List<EventNote> notes)
    {
        if (Json.Find(properties, "consents") is not { ValueKind: JsonValueKind.Object } consents)
        {
            return;
        }

        foreach (var consent in consents.EnumerateObject())
        {
            if (Consents.IsPurpose(consent.Name) && consent.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                Say(said, consent.Name, consent.Value.ValueKind == JsonValueKind.True);
            }
            else
            {
                notes.Add(new EventNote(
                    "invalid_consent",
                    $"properties.consents: '{Refusal.Shown(consent.Name)}' was not read: a purpose such as email or email/news is true or "
                        + "false."));
            }
        }
    }

    // Where two categories speak of one purpose, both have to grant it.
    private static void Say(ImmutableSortedDictionary<string, bool>.Builder said, string purpose, bool isGranted) =>
        said[purpose] = isGranted && said.GetValueOrDefault(purpose, true);

    private static IEnumerable<string> Ids(JsonElement management, string name) =>
        Json.Find(management, name) is { ValueKind: JsonValueKind.Array } ids
            ? ids.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)
            : [];
}
