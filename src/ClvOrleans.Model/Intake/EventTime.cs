using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClvOrleans.Model.Intake;

/// <summary>When an event happened, from what clients say and when it came.</summary>
internal static partial class EventTime
{
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// With originalTimestamp and sentAt: receivedAt - (sentAt - originalTimestamp), the client's clock cancelled. Else timestamp as it
    /// is; else receivedAt. Never later than receivedAt; a timestamp more than a day ahead is refused.
    /// </summary>
    public static DateTimeOffset Of(JsonElement e, JsonElement batchSentAt, DateTimeOffset receivedAt)
    {
        var original = Read(Json.Find(e, "originalTimestamp"), "originalTimestamp");
        var sent = Read(Json.Find(e, "sentAt"), "sentAt") ?? Read(batchSentAt, "sentAt");
        var stated = Read(Json.Find(e, "timestamp"), "timestamp");
        var at = (stated, original, sent) switch
        {
            (null, { } o, { } s) => Earlier(receivedAt - (s - o), receivedAt),
            ({ } t, _, _) => t,
            (null, { } o, null) => o,
            _ => receivedAt,
        };
        if (at > receivedAt.AddDays(1))
        {
            throw new RefusedException("time_in_future", "timestamp is more than a day ahead.");
        }

        if (at < Earliest)
        {
            throw new RefusedException("invalid_time", "timestamp is before 1990.");
        }

        at = Earlier(at, receivedAt);
        return DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset? Read(JsonElement value, string path)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw Invalid(path),
        };
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && text.Length is >= 9 and <= 13)
        {
            return text.Length <= 11 ? DateTimeOffset.FromUnixTimeSeconds(epoch) : DateTimeOffset.FromUnixTimeMilliseconds(epoch);
        }

        if (!Iso().IsMatch(text))
        {
            throw Invalid(path);
        }

        // A leap second is the last one of its minute; more than seven digits of a second do not fit a tick.
        text = LeapSecond().Replace(text, ":59");
        text = Digits().Replace(text, "$1");
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw Invalid(path);
    }

    private static RefusedException Invalid(string path) => new("invalid_time", $"{path} is not an ISO 8601 time.");

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<=\d{2}:\d{2}):60")]
    private static partial Regex LeapSecond();

    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex Digits();
}
