using System.Text.Json;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>When an event happened, from what clients say and when it came.</summary>
internal static class EventTime
{
    // Below it, a clock that is ahead is not told from one that is right: shifting by a second would move midnights to the day before.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    // Clients keep what they could not send for some days. What is older when sent is history, and was not read off the client's clock.
    private static readonly TimeSpan LongestQueue = TimeSpan.FromDays(30);

    /// <summary>
    /// Where the client states no <c>timestamp</c>: receivedAt - (sentAt - originalTimestamp), which cancels its clock. A
    /// <c>timestamp</c> is trusted as it is, so that history can be sent; but a client that sends later than we receive has a clock that
    /// is ahead, and what it has stamped lately is shifted by the difference. A clock that is behind looks like a late delivery and is
    /// left alone. Without any time: receivedAt. Never later than receivedAt.
    /// </summary>
    public static DateTimeOffset Of(JsonElement e, JsonElement batchSentAt, DateTimeOffset receivedAt, TimeZoneInfo zone, List<EventNote> notes)
    {
        var sent = SentAt(e, batchSentAt, zone, notes);
        var (at, path) = (receivedAt, "timestamp");
        if (Read(Json.Find(e, "timestamp"), "timestamp", zone) is { } stated)
        {
            at = sent is { } s ? Shift(stated, s, receivedAt, notes) : stated;
        }
        else if (Read(Json.Find(e, "originalTimestamp"), "originalTimestamp", zone) is { } original)
        {
            path = "originalTimestamp";
            at = sent is { } s ? Cancel(original, s, receivedAt) : original;
        }

        if (TimeRules.Flaw(at, receivedAt, path) is { } flaw)
        {
            throw flaw.ToException();
        }

        if (at > receivedAt)
        {
            notes.Add(new EventNote("time_clamped", $"{path} is ahead of the server's clock; the time of arrival was taken."));
            at = receivedAt;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
    }

    /// <summary>Whether the event says when it happened.</summary>
    public static bool IsStated(JsonElement e) =>
        Json.Find(e, "timestamp").ValueKind != JsonValueKind.Undefined || Json.Find(e, "originalTimestamp").ValueKind != JsonValueKind.Undefined;

    private static DateTimeOffset Shift(DateTimeOffset stated, DateTimeOffset sent, DateTimeOffset receivedAt, List<EventNote> notes)
    {
        var ahead = sent - receivedAt;
        if (ahead <= ClockTolerance || (sent - stated).Duration() > LongestQueue)
        {
            return stated;
        }

        notes.Add(new EventNote("clock_ahead", "sentAt is later than the arrival: the client's clock is ahead, and timestamp was shifted by the difference."));
        return Cancel(stated, sent, receivedAt);
    }

    // An event that its client stamped after sending it happened at arrival. Far beyond the calendar means before 1990.
    private static DateTimeOffset Cancel(DateTimeOffset stamped, DateTimeOffset sent, DateTimeOffset receivedAt)
    {
        var age = sent - stamped;
        return age <= TimeSpan.Zero ? receivedAt : age > receivedAt - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : receivedAt - age;
    }

    private static DateTimeOffset? SentAt(JsonElement e, JsonElement batchSentAt, TimeZoneInfo zone, List<EventNote> notes)
    {
        try
        {
            return Read(Json.Find(e, "sentAt"), "sentAt", zone) ?? Read(batchSentAt, "sentAt", zone);
        }
        catch (RefusedException x)
        {
            notes.Add(new EventNote("time_ignored", x.Message));
            return null;
        }
    }

    private static DateTimeOffset? Read(JsonElement value, string path, TimeZoneInfo zone)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => "",
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => value.GetRawText(),
        };
        return text.Length == 0 ? null
            : TimeRules.TryRead(text, DateOrder.Ymd, out var stated) && stated.In(zone) is { } at ? at
            : throw TimeRules.Invalid(text, path).ToException();
    }
}
