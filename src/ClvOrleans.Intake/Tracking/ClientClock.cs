namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// What <c>sentAt</c> tells of a client's clock: it was read off the same clock as the events of that moment, and the difference to the
/// arrival is how far that clock is off, or how long the delivery took.
/// </summary>
/// <param name="SentAt">When the client says that it sent; null where it does not.</param>
/// <param name="Arrival">When it arrived, by the server's clock.</param>
internal readonly record struct ClientClock(DateTimeOffset? SentAt, DateTimeOffset Arrival)
{
    /// <summary>
    /// Clients keep what they could not send for some days. What is older when sent is history, and was not read off the client's clock;
    /// and
    /// what was sent still longer before it arrived was not on its way for so long.
    /// </summary>
    public static readonly TimeSpan LongestQueue = TimeSpan.FromDays(30);

    // Below it, a clock that is ahead is not told from one that is right: shifting by a second would move midnights to the day before.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Whether the clock is surely ahead: nothing is sent after it arrives.</summary>
    public bool IsAhead => SentAt - Arrival > Tolerance;

    /// <summary>Whether the clock is surely behind.</summary>
    public bool IsBehind => Arrival - SentAt > LongestQueue;

    /// <summary>Whether a time was read off this clock: it is not further from <see cref="SentAt"/> than a queue is long.</summary>
    public bool HasStamped(DateTimeOffset time) => SentAt is { } sent && (sent - time).Duration() <= LongestQueue;

    /// <summary>
    /// The time of an event on the server's clock: as long before the arrival as it was stamped before it was sent. What was stamped after
    /// that happened at arrival; what is older than the calendar, at its beginning. As it is where nothing tells when it was sent.
    /// </summary>
    public DateTimeOffset Correct(DateTimeOffset stamped)
    {
        if (SentAt is not { } sent)
        {
            return stamped;
        }

        var age = sent - stamped;
        return age <= TimeSpan.Zero ? Arrival : age > Arrival - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : Arrival - age;
    }
}
