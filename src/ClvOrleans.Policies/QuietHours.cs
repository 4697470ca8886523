namespace ClvOrleans.Policies;

/// <summary>Hours of the customer's day in which nothing reaches them.</summary>
/// <param name="From">Their begin, by the customer's clock.</param>
/// <param name="To">Their end; on the next day where it is not later than <paramref name="From"/>. Equal to it: the whole day, and
/// refused at definition.</param>
/// <param name="Drops">Whether an action is dropped then; otherwise it is held until their end.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, bool Drops = false)
{
    /// <summary>Whether an instant is in them.</summary>
    public bool Contain(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime).IsBetween(From, To);

    /// <summary>The first instant from <paramref name="instant"/> on that is not in them.</summary>
    /// <remarks>
    /// A clock that is put forward over their end ends them at that moment; where it is put back over their end, the first time that it
    /// shows the end counts.
    /// </remarks>
    public DateTimeOffset EndAfter(DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (!Contain(instant, zone))
        {
            return instant;
        }

        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        var end = (TimeOnly.FromDateTime(local) < To ? day : day.AddDays(1)).ToDateTime(To);
        while (zone.IsInvalidTime(end))
        {
            end = end.AddMinutes(1);
        }

        var offsets = zone.IsAmbiguousTime(end) ? zone.GetAmbiguousTimeOffsets(end) : [zone.GetUtcOffset(end)];
        return offsets.Select(o => new DateTimeOffset(end, o)).Where(e => e > instant).Min().ToUniversalTime();
    }
}
