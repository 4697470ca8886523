using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Learning;

/// <summary>The windows inside a past that models learn from: what was known at its cut, and what came up to its end.</summary>
/// <param name="Cut">The last day that features see.</param>
/// <param name="End">The last day of the targets.</param>
internal readonly record struct Window(DateOnly Cut, DateOnly End)
{
    private const int Most = 8;
    private const int Year = 365;

    /// <summary>Days of targets.</summary>
    public int Days => End.DayNumber - Cut.DayNumber;

    /// <summary>
    /// Windows of a past, the latest first: as long as the horizon, or half of the past where that is shorter, each a quarter of a window
    /// before the one after it, none cut in the first quarter of the past; and the one of the horizon's own season, a year ago.
    /// </summary>
    public static IReadOnlyList<Window> Of(StoreHistory past, Horizon horizon) => Of(past.FirstPurchase, past.End, horizon);

    /// <summary>Windows of a past of which only the days of its first purchase and of its end are known.</summary>
    public static IReadOnlyList<Window> Of(DateOnly first, DateOnly last, Horizon horizon)
    {
        var span = last.DayNumber - first.DayNumber;
        var length = Math.Min(horizon.Days, span / 2);
        var step = Math.Max(7, length / 4);
        var windows = Enumerable.Range(0, Most)
            .Select(i => last.AddDays(-i * step))
            .Where(end => length > 0 && end.AddDays(-length) >= first.AddDays(span / 4))
            .Select(end => new Window(end.AddDays(-length), end))
            .ToList();
        var yearAgo = last.AddDays(-Year);
        if (length == horizon.Days && length <= Year && yearAgo >= first.AddDays(60))
        {
            windows.Add(new Window(yearAgo, yearAgo.AddDays(length)));
        }

        return [.. windows.Distinct()];
    }
}
