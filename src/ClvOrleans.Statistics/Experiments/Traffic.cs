namespace ClvOrleans.Statistics.Experiments;

/// <summary>How units come into an experiment.</summary>
/// <param name="Present">Units that are there at the start.</param>
/// <param name="ADay">Units that come on each day, at least 0. A unit that comes again is not counted again.</param>
/// <param name="LongestDays">The longest duration that is acceptable, in days.</param>
public readonly record struct Traffic(double Present, double ADay, int LongestDays)
{
    internal long AtMost => (long)Math.Floor(Present + (ADay * LongestDays));

    internal int? DaysUntil(long units)
    {
        var days = units <= Present ? 0 : Math.Ceiling((units - Present) / ADay);
        return days <= int.MaxValue ? (int)days : null;
    }

    internal Traffic Checked() => Present >= 0 && ADay >= 0 && LongestDays > 0 && double.IsFinite(Present) && double.IsFinite(ADay)
        ? this
        : throw new ArgumentException(
            "Traffic needs units that are there and units a day, none negative, and a longest duration above 0 days.");
}
