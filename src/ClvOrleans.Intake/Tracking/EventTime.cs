using System.Globalization;
using System.Text.Json;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>When an event happened, from what clients say and when it came.</summary>
internal static class EventTime
{
    /// <summary>
    /// Without any time: the arrival, and never later. A <c>timestamp</c> is trusted as it is, so that history can be sent, unless
    /// <c>sentAt</c> shows that it was read off a clock that is
    /// plainly wrong: later than the arrival, or longer before it than any client keeps events. Then it is corrected by the difference. An
    /// <c>originalTimestamp</c> always was read off the client's clock: it is receivedAt - (sentAt - originalTimestamp). A <c>sentAt</c>
    /// that
    /// is plainly wrong and of another clock than the event's time is left out with a note.
    /// </summary>
    /// <param name="e">The event.</param>
    /// <param name="batch">The body that it came in; its <c>sentAt</c> serves events without one.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="zone">The zone of times without an offset, and of days.</param>
    /// <param name="notes">What was corrected or left out.</param>
    /// <exception cref="RefusedException">The time is none, is before 1990, or is more than a day ahead.</exception>
    public static DateTimeOffset Of(JsonElement e, ReceivedBatch batch, DateTimeOffset receivedAt, TimeZoneInfo zone, List<EventNote> notes)
    {
        var sent = SentAt(e, batch.SentAt, zone, notes);
        var before = ReceivedBefore(e, receivedAt, zone);
        var clock = new ClientClock(sent, before ?? (batch.IsHistory && sent < receivedAt ? sent.Value : receivedAt));
        var (at, path) = (clock.Arrival, "timestamp");
        if (Read(Json.Find(e, path), path, zone) is { } stated)
        {
            at = before is null ? Timestamp(stated, clock, notes) : stated;
        }
        else if (Read(Json.Find(e, "originalTimestamp"), "originalTimestamp", zone) is { } original)
        {
            path = "originalTimestamp";
            at = OriginalTimestamp(original, clock, notes);
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
        Json.Find(e, "timestamp").ValueKind != JsonValueKind.Undefined
            || Json.Find(e, "originalTimestamp").ValueKind != JsonValueKind.Undefined;

    private static DateTimeOffset Timestamp(DateTimeOffset stated, ClientClock clock, List<EventNote> notes)
    {
        if (!clock.IsAhead && !clock.IsBehind)
        {
            return stated;
        }

        if (!clock.HasStamped(stated))
        {
            notes.Add(Ignored(clock, "timestamp"));
            return stated;
        }

        notes.Add(clock.IsAhead
            ? new EventNote(
                "clock_ahead", "sentAt is later than the arrival: the client's clock is ahead, and timestamp was shifted by the "
                    + "difference.")
            : new EventNote(
                "clock_behind",
                $"sentAt is more than {ClientClock.LongestQueue.Days} days before the arrival: the client's clock is behind, and timestamp "
                    + "was shifted by the difference."));
        return clock.Correct(stated);
    }

    private static DateTimeOffset OriginalTimestamp(DateTimeOffset original, ClientClock clock, List<EventNote> notes)
    {
        if ((!clock.IsAhead && !clock.IsBehind) || clock.HasStamped(original)
            || TimeRules.Flaw(original, clock.Arrival, "originalTimestamp") is not null)
        {
            return clock.Correct(original);
        }

        notes.Add(Ignored(clock, "originalTimestamp"));
        return original;
    }

    private static EventNote Ignored(ClientClock clock, string path) => new(
        "time_ignored",
        string.Create(
            CultureInfo.InvariantCulture,
            $"sentAt is {clock.SentAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, which is neither about the time of arrival nor of {path}; "
                + $"it was ignored."));

    // What was received before comes again, from an archive or another collector, which has corrected its timestamp. Clients do not say so.
    private static DateTimeOffset? ReceivedBefore(JsonElement e, DateTimeOffset receivedAt, TimeZoneInfo zone)
    {
        try
        {
            return Read(Json.Find(e, "receivedAt"), "receivedAt", zone) is { } at && at >= TimeRules.Earliest && at < receivedAt
                ? at
                : null;
        }
        catch (RefusedException)
        {
            return null;
        }
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
