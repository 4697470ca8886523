using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClvOrleans.Intake.Rules;

/// <summary>When an event happened, from what clients say and when it came.</summary>
internal static partial class EventTime
{
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Below it, a clock that is ahead is not told from one that is right: shifting by a second would move midnights to the day before.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    // Clients keep what they could not send for some days. What is older when sent is history, and was not read off the client's clock.
    private static readonly TimeSpan LongestQueue = TimeSpan.FromDays(30);

    /// <summary>
    /// Where the client states no <c>timestamp</c>: receivedAt - (sentAt - originalTimestamp), which cancels its clock. A
    /// <c>timestamp</c> is trusted as it is, so that history can be sent; but a client that sends later than we receive has a clock that
    /// is ahead, and what it has stamped lately is shifted by the difference. A clock that is behind looks like a late delivery and is
    /// left alone. Without any time: receivedAt. Never later than receivedAt; more than a day ahead, or before 1990, is refused.
    /// </summary>
    public static DateTimeOffset Of(JsonElement e, JsonElement batchSentAt, DateTimeOffset receivedAt, List<EventNote> notes)
    {
        var sent = SentAt(e, batchSentAt, notes);
        var (at, path) = (receivedAt, "timestamp");
        if (Read(Json.Find(e, "timestamp"), "timestamp") is { } stated)
        {
            at = sent is { } s ? Shift(stated, s, receivedAt, notes) : stated;
        }
        else if (Read(Json.Find(e, "originalTimestamp"), "originalTimestamp") is { } original)
        {
            path = "originalTimestamp";
            at = sent is { } s ? Cancel(original, s, receivedAt) : original;
        }

        if (at > receivedAt.AddDays(1))
        {
            throw new RefusedException("time_in_future", $"{path} is more than a day ahead of the server's clock.");
        }

        if (at < Earliest)
        {
            throw new RefusedException("invalid_time", $"{path} is before 1990.");
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

    private static DateTimeOffset? SentAt(JsonElement e, JsonElement batchSentAt, List<EventNote> notes)
    {
        try
        {
            return Read(Json.Find(e, "sentAt"), "sentAt") ?? Read(batchSentAt, "sentAt");
        }
        catch (RefusedException x)
        {
            notes.Add(new EventNote("time_ignored", x.Message));
            return null;
        }
    }

    private static DateTimeOffset? Read(JsonElement value, string path)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => "",
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw Invalid(path),
        };
        if (text.Length == 0)
        {
            return null;
        }

        if (PlainNumber.TryRead(text, out var epoch))
        {
            // Seconds to the year 5138, above that milliseconds to the same year.
            return epoch switch
            {
                >= 100_000_000m and < 100_000_000_000m => DateTimeOffset.FromUnixTimeMilliseconds((long)(epoch * 1_000m)),
                >= 100_000_000_000m and < 100_000_000_000_000m => DateTimeOffset.FromUnixTimeMilliseconds((long)epoch),
                _ => throw Invalid(path),
            };
        }

        if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at;
        }

        if (!Iso().IsMatch(text))
        {
            throw Invalid(path);
        }

        // A leap second is the last one of its minute; more than seven digits of a second do not fit a tick.
        text = LeapSecond().Replace(text, ":59").Replace(',', '.').Replace("UTC", "Z", StringComparison.OrdinalIgnoreCase);
        text = Digits().Replace(text, "$1");
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at)
            ? at
            : throw Invalid(path);
    }

    private static RefusedException Invalid(string path) => new("invalid_time", $"{path} is not a time in ISO 8601, RFC 1123, or Unix seconds or milliseconds.");

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?\s*(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<=[0-9]{2}:[0-9]{2}):60")]
    private static partial Regex LeapSecond();

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex Digits();
}
