namespace ClvOrleans.Intake.Rules;

/// <summary>What can be the time of an event or an order.</summary>
public static class TimeRules
{
    /// <summary>No event is older: before it are clocks that were never set, and dates that stand for nothing.</summary>
    public static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far ahead a time may be, since clocks and time zones differ. What is ahead counts as now.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    /// <summary>The forms of dates that are read, for people.</summary>
    public const string Forms = "dates are 2024-01-31, 31.01.2024, 31/01/2024 or 01/31/2024, with or without a time such as 14:05 and an "
        + "offset such as Z or +02:00";

    /// <summary>
    /// The time of a text, in UTC and whole milliseconds, never later than <paramref name="now"/>.
    /// </summary>
    /// <param name="text">What was sent.</param>
    /// <param name="order">In which order dates are written there.</param>
    /// <param name="zone">The zone of times without an offset, and of days: the store's, unless the sender says otherwise.</param>
    /// <param name="now">When it came.</param>
    /// <param name="field">The field or column, for the message.</param>
    /// <param name="refusal">Why it cannot count; null where it can.</param>
    public static DateTimeOffset Read(
        string text, DateOrder order, TimeZoneInfo zone, DateTimeOffset now, string field, out Refusal? refusal)
    {
        if (!TryRead(text, order, out var stated) || stated.In(zone) is not { } at)
        {
            refusal = Invalid(text, field);
            return now;
        }

        refusal = Flaw(at, now, field);
        return at < now ? at : now;
    }

    /// <summary>What a text states; false where it states no time in this order of dates.</summary>
    public static bool TryRead(string text, DateOrder order, out StatedTime time) => TimeText.TryRead(text.Trim(), order, out time);

    /// <summary>Why a time cannot count: it is before <see cref="Earliest"/>, or more than a day ahead; null where it can.</summary>
    public static Refusal? Flaw(DateTimeOffset at, DateTimeOffset now, string field) =>
        at > now.Add(MostAhead) ? new Refusal(RuleCodes.TimeInFuture, $"{field} is more than a day ahead of the server's clock.")
        : at < Earliest ? new Refusal(RuleCodes.InvalidTime, $"{field} is before {Earliest.Year}.")
        : null;

    /// <summary>The refusal of what is no time, or can be read in two orders.</summary>
    public static Refusal Invalid(string text, string field) => new(
        RuleCodes.InvalidTime,
        $"{field} is '{Refusal.Shown(text.Trim())}', which " + (IsDateOfAnotherOrder(text)
            ? "does not begin with the year: which is the day and which the month cannot be told. Write it as in 2024-01-31."
            : "is not a time: write it in ISO 8601 (2024-01-31T14:05:30Z), RFC 1123, or Unix seconds or milliseconds."));

    private static bool IsDateOfAnotherOrder(string text) =>
        !TryRead(text, DateOrder.Ymd, out _) && (TryRead(text, DateOrder.Dmy, out _) || TryRead(text, DateOrder.Mdy, out _));
}
