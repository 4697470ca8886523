namespace ClvOrleans.Intake.Rules;

/// <summary>A time as a text states it: an instant, the time on a clock of some zone, or a day.</summary>
/// <param name="Clock">Date and time as written; of a day, its midnight.</param>
/// <param name="Offset">How far the clock is ahead of UTC; null where the text does not say.</param>
/// <param name="IsDay">Whether only a day is stated.</param>
public readonly record struct StatedTime(DateTime Clock, TimeSpan? Offset, bool IsDay)
{
    /// <summary>
    /// The instant, in UTC and whole milliseconds: a time without an offset is of the zone, and a day is its noon there, since no change of
    /// the clocks moves noon to another day. Null beyond the calendar.
    /// </summary>
    public DateTimeOffset? In(TimeZoneInfo zone)
    {
        var clock = DateTime.SpecifyKind(IsDay ? Clock.AddHours(12) : Clock, DateTimeKind.Unspecified);
        var ticks = clock.Ticks - (Offset ?? zone.GetUtcOffset(clock)).Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
