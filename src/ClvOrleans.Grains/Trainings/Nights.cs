namespace ClvOrleans.Grains.Trainings;

/// <summary>The moments at which a clock in a time zone shows a time of day.</summary>
internal static class Nights
{
    /// <summary>The last of them, up to now; where the clock skipped it, the moment it would have been.</summary>
    public static DateTimeOffset Last(DateTimeOffset now, TimeOnly at, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Enumerable.Range(-1, 3).Select(i => Instant(today.AddDays(-i).ToDateTime(at))).First(t => t <= now);

        DateTimeOffset Instant(DateTime local)
        {
            var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset);
        }
    }
}
