using System.Text.Json;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>What an event's properties say of behaviour. What cannot be read is left out: it never costs the event.</summary>
internal static class Behaviour
{
    private const decimal LongestDuration = 86_400_000; // A day.
    private const decimal GreatestRating = 100;

    private static readonly (string Name, decimal Milliseconds)[] Durations =
        [("duration", 1_000), ("time_on_page", 1_000), ("engagement_time_msec", 1)];

    /// <summary>A rating in hundredths: of a number, of a string such as "4.5", or of a fraction such as "4/5", as its numerator.</summary>
    public static int? Rating(JsonElement properties)
    {
        var rating = Json.Find(properties, "rating") is { ValueKind: JsonValueKind.String } text
            && text.GetString()!.Split('/') is [var stars, var of]
            && PlainNumber.TryRead(of.Trim(), out _)
            ? PlainNumber.TryRead(stars.Trim(), out var number) ? number : null
            : Number(properties, "rating");
        return rating is >= 0 and <= GreatestRating ? (int)decimal.Round(rating.Value * 100) : null;
    }

    /// <summary>Time spent, in milliseconds, at most a day: duration or time_on_page in seconds, else engagement_time_msec.</summary>
    public static long? Duration(JsonElement properties)
    {
        foreach (var (name, milliseconds) in Durations)
        {
            if (Number(properties, name) is >= 0 and <= LongestDuration and var time)
            {
                return (long)Math.Min(time * milliseconds, LongestDuration);
            }
        }

        return null;
    }

    /// <summary>What the event is about: a search, a channel, a promotion, a coupon, a page, a list.</summary>
    public static string? Subject(EventKind kind, JsonElement properties) => kind switch
    {
        EventKind.ProductsSearched => Json.Describe(properties, "query") ?? Json.Describe(properties, "search_term"),
        EventKind.ProductShared or EventKind.CartShared => Json.Describe(properties, "share_via") ?? Json.Describe(properties, "method"),
        EventKind.PromotionViewed or EventKind.PromotionClicked => Json.Describe(properties, "promotion_id")
            ?? Json.Describe(properties, "name")
            ?? Json.Describe(properties, "promotion_name"),
        EventKind.CouponEntered or EventKind.CouponApplied or EventKind.CouponDenied or EventKind.CouponRemoved =>
            Json.Describe(properties, "coupon_id") ?? Json.Describe(properties, "coupon_name") ?? Json.Describe(properties, "coupon"),
        EventKind.PageViewed => Json.Describe(properties, "path"),
        EventKind.ListJoined or EventKind.ListLeft => Json.Describe(properties, "list_id"),
        _ => null,
    };

    private static decimal? Number(JsonElement properties, string name) =>
        Json.Find(properties, name) is { ValueKind: JsonValueKind.Number or JsonValueKind.String } value
        && PlainNumber.TryRead(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!.Trim(), out var number)
            ? number
            : null;
}
