using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// What a store with pseudonyms keeps of an event. Ids become pseudonyms; what people wrote and what describes them one by one is left out;
/// what the shop itself names (products, categories, coupons, promotions, campaigns, lists, plans) stays.
/// </summary>
public static class PseudonymousEvents
{
    private const string Email = "email";
    private const string Birthday = "birthday";
    private const string CreatedAt = "createdAt";

    /// <summary>Traits that stay as they are, for many people share each value.</summary>
    private static readonly FrozenSet<string> Shared = FrozenSet.Create(
        StringComparer.Ordinal, "plan", "gender", "country", "language", TraitNames.Zone, TraitNames.EventZone);

    /// <summary>The event without anything that names the person. Applied again, it changes nothing.</summary>
    /// <param name="e">The event.</param>
    /// <param name="pseudonyms">Those of the store.</param>
    public static CustomerEvent Of(CustomerEvent e, Pseudonyms pseudonyms) => e with
    {
        MessageId = pseudonyms.OfMessage(e.MessageId),
        Name = NameOf(e, pseudonyms),
        Order = e.Order is { } order ? order with { OrderId = pseudonyms.OfOrder(order.OrderId) } : null,
        Refund = e.Refund is { OrderId: { } refunded } refund ? refund with { OrderId = pseudonyms.OfOrder(refunded) } : e.Refund,
        Subject = e.Kind is EventKind.ProductsSearched or EventKind.PageViewed ? null : e.Subject,
        Traits = e.Traits is { } traits ? TraitsOf(traits, pseudonyms) : null,
        Message = e.Message is { } message ? MessageOf(message, pseudonyms) : null,
    };

    // Titles of pages have names of people and orders in them; names of other events are those of the shop's developers.
    private static string? NameOf(CustomerEvent e, Pseudonyms pseudonyms) => (e.Kind, e.Name) switch
    {
        (EventKind.PageViewed or EventKind.ScreenViewed, _) => null,
        (EventKind.Grouped, { } group) => pseudonyms.OfGroup(group),
        _ => e.Name,
    };

    private static ImmutableSortedDictionary<string, string>? TraitsOf(
        ImmutableSortedDictionary<string, string> traits, Pseudonyms pseudonyms)
    {
        var kept = traits
            .Select(t => (t.Key, Value: t.Key switch
            {
                Email => t.Value.Length > 0 ? pseudonyms.OfId(t.Value) : null,
                Birthday => Day(t.Value) is { } born ? born.ToString("yyyy", CultureInfo.InvariantCulture) : null,
                CreatedAt => Day(t.Value) is { } since ? since.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null,
                _ => Shared.Contains(t.Key) ? t.Value : null,
            }))
            .Where(t => t.Value is not null)
            .ToImmutableSortedDictionary(t => t.Key, t => t.Value!, StringComparer.Ordinal);
        return kept.IsEmpty ? null : kept;
    }

    // Also of what was shortened before.
    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateOnly.FromDateTime(at.UtcDateTime)
            : null;

    // Ids of deliveries are this service's own, by which opens and clicks find them.
    private static MessageFacts MessageOf(MessageFacts message, Pseudonyms pseudonyms) => message with
    {
        DeliveryId = message.DeliveryId is { } id && !IsOwnDelivery(id) ? pseudonyms.OfMessage(id) : message.DeliveryId,
        Address = message.Address is { } address ? pseudonyms.OfId(address) : null,
    };

    private static bool IsOwnDelivery(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
}
