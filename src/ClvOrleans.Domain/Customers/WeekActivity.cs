using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>What a customer did in one calendar week: counts, so that arrival order cannot matter.</summary>
public sealed class WeekActivity
{
    /// <summary>Number of events by kind.</summary>
    public SortedDictionary<EventKind, int> Counts { get; set; } = [];

    /// <summary>Time spent on pages, in milliseconds.</summary>
    public long Duration { get; set; }

    /// <summary>Sum of review ratings, in hundredths.</summary>
    public long Ratings { get; set; }

    /// <summary>Number of review ratings.</summary>
    public int Rated { get; set; }
}
