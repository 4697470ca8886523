using System.Collections.Immutable;

namespace ClvOrleans.Domain.Stores;

/// <summary>
/// That reports are released with noise, and how much: whatever is released in a period is differentially private for each customer
/// (ADR 64).
/// </summary>
public sealed record ReportNoise
{
    /// <summary>
    /// The privacy loss of a period: with one customer more or less, no answer to all that is released becomes more than e^epsilon times
    /// as likely. Split evenly over tables and their measures. .01 to 10.
    /// </summary>
    public required decimal Epsilon { get; init; }

    /// <summary>
    /// Probability, at most, that a period tells the name of a group because of one customer. 10^-12 to 10^-3. Default 10^-6.
    /// </summary>
    public decimal Delta { get; init; } = .000001m;

    /// <summary>How long figures stay as they are. Default a week.</summary>
    public ReleasePeriod Period { get; init; }

    /// <summary>The most that one customer counts for in a sum of money, in major units of the store's currency; above 0.</summary>
    public required decimal Bound { get; init; }

    /// <summary>In how many months after the first one a customer counts as active in cohorts, 1 to 60. Default 12.</summary>
    public int Months { get; init; } = 12;

    /// <summary>The tables that are released, at least one. Default lifecycle and month.</summary>
    public ImmutableArray<ReleasedTable> Tables { get; init; } = [ReleasedTable.Lifecycle, ReleasedTable.Month];

    /// <summary>The last day of the latest period that is over.</summary>
    /// <param name="today">The store's day.</param>
    public DateOnly ClosedUntil(DateOnly today) => Period switch
    {
        ReleasePeriod.Week => today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - 1),
        ReleasePeriod.Month => new DateOnly(today.Year, today.Month, 1).AddDays(-1),
        _ => throw new InvalidOperationException($"There is no period {Period}."),
    };

    /// <summary>The last day of the period in which a day is.</summary>
    /// <param name="today">The store's day.</param>
    public DateOnly OpenUntil(DateOnly today) => Period switch
    {
        ReleasePeriod.Week => ClosedUntil(today).AddDays(7),
        ReleasePeriod.Month => new DateOnly(today.Year, today.Month, 1).AddMonths(1).AddDays(-1),
        _ => throw new InvalidOperationException($"There is no period {Period}."),
    };
}
