using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>How origins are rolled over a history, and how forecasts from them are judged.</summary>
public sealed record OriginRules
{
    /// <summary>Most origins.</summary>
    public const int MostOrigins = 200;

    /// <summary>Longest horizon, in months.</summary>
    public const int MostMonths = 60;

    /// <summary>Number of origins, 1 to 200. Default 8.</summary>
    public int Origins { get; init; } = 8;

    /// <summary>Months from one origin to the next, 1 to 60. Default 3.</summary>
    public int StepMonths { get; init; } = 3;

    /// <summary>Horizons in months, 1 to 60, ascending. Default 3 and 12.</summary>
    public ImmutableArray<int> Horizons { get; init; } = [3, 12];

    /// <summary>Which value is judged. Default gross.</summary>
    public ValueKind Value { get; init; }

    /// <summary>Decides all randomness, that of the transforms too. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The origins, the earliest first: the last of them, and so many as there are before it. The last day of a month stays the last.
    /// </summary>
    /// <param name="last">The last origin.</param>
    public ImmutableArray<DateOnly> Before(DateOnly last) =>
        [.. Enumerable.Range(0, Origins).Select(i => After(last, -StepMonths * (Origins - 1 - i)))];

    /// <summary>The day some months after another; the last day of a month where that is one.</summary>
    public static DateOnly After(DateOnly day, int months)
    {
        var then = day.AddMonths(months);
        return day.Day == DateTime.DaysInMonth(day.Year, day.Month)
            ? new DateOnly(then.Year, then.Month, DateTime.DaysInMonth(then.Year, then.Month))
            : then;
    }

    /// <summary>The latest origin of which the longest horizon ends with a history.</summary>
    public DateOnly LatestOf(DateOnly end)
    {
        var latest = After(end, -Horizons[^1]);
        while (After(latest, Horizons[^1]) > end)
        {
            latest = latest.AddDays(-1);
        }

        return latest;
    }
}
