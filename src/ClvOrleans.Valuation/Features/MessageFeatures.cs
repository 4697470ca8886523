using ClvOrleans.Domain.Customers;
using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// Messages sent, opened and followed over all channels, purchases after them, and refusals of more: how a customer answers to what is done
/// for them. What is known to be a machine's does not count. What a summary tells of days after the one asked about is unknown.
/// </summary>
internal static class MessageFeatures
{
    private const int DaysOfWeek = 7;

    public static IEnumerable<Feature> All =>
    [
        Of("messages", "", Tail, "Messages received", i => Count(i, m => m.Sent, m => m.SentAt)),
        Of("messageOpens", "", Tail, "Times a message was opened", i => Count(i, m => m.Opened, m => m.OpenedAt)),
        Of("messageClicks", "", Tail, "Links followed in messages", i => Count(i, m => m.Clicked, m => m.ClickedAt)),
        Of("clickShare", "", Level, "Links followed for each message received", ClickShare),
        Of("weeksSinceMessage", "weeks", Tail, "Weeks since the last message received", i => WeeksSince(i, m => m.SentAt)),
        Of("weeksSinceClick", "weeks", Tail, "Weeks since a link in a message was last followed", i => WeeksSince(i, m => m.ClickedAt)),
        Of("purchaseDaysSinceMessage", "", Tail, "Days with a purchase since the last message", Bought),
        Of("refusedPurposes", "", Tail, "Purposes that the customer refuses, each unsubscription one",
            i => i.Customer.Consents.Count(c => !c.Value.IsGranted && !IsLater(i, c.Value.At))),
    ];

    private static double Count(FeatureInput i, Func<ChannelMessages, int?> count, Func<ChannelMessages, DateTimeOffset?> last)
    {
        var sum = 0.0;
        foreach (var channel in Channels(i))
        {
            var (number, at) = (count(channel), last(channel));
            sum += at is null ? 0 : number is { } n && !IsLater(i, at.Value) ? n : double.NaN;
        }

        return sum;
    }

    private static double ClickShare(FeatureInput i) =>
        Count(i, m => m.Clicked, m => m.ClickedAt) / Math.Max(1, Count(i, m => m.Sent, m => m.SentAt));

    private static double WeeksSince(FeatureInput i, Func<ChannelMessages, DateTimeOffset?> read) =>
        Channels(i).Max(read) is { } last && !IsLater(i, last) ? Math.Max(0, i.Since(DayOf(last))) / (double)DaysOfWeek : double.NaN;

    private static double Bought(FeatureInput i) => Channels(i).Max(m => m.SentAt) is { } last && !IsLater(i, last)
        ? i.Customer.PurchaseDays.Count(d => d.Day >= DayOf(last))
        : double.NaN;

    private static IEnumerable<ChannelMessages> Channels(FeatureInput i) => i.Customer.Messages?.Values ?? [];

    // A day is one of the store's calendar, which may end half a day after that of UTC.
    private static bool IsLater(FeatureInput i, DateTimeOffset at) => DayOf(at) > i.AsOf.AddDays(1);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Message, shape, meaning) { Read = read };
}
