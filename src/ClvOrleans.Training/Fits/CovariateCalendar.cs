using System.Collections.Immutable;
using ClvOrleans.Statistics.Covariates;

namespace ClvOrleans.Training.Fits;

/// <summary>Covariates of all customers that change over time, such as a season or the weekly mailings.</summary>
/// <param name="Names">Names of the covariates.</param>
/// <param name="Days">First day on which each row of values holds, rising; the last row holds for ever.</param>
/// <param name="Values">The values of each row, in the order of the names.</param>
public sealed record CovariateCalendar(
    ImmutableArray<string> Names, ImmutableArray<DateOnly> Days, ImmutableArray<ImmutableArray<double>> Values)
{
    /// <summary>A customer by days of purchase, in weeks since the first of them. The covariates of a day are those of its
    /// purchase.</summary>
    /// <param name="purchases">Days of purchase, rising and distinct, none after the end.</param>
    /// <param name="end">Last day of observation.</param>
    public DynamicHistory HistoryOf(IReadOnlyList<DateOnly> purchases, DateOnly end)
    {
        var first = purchases[0].DayNumber;
        return new DynamicHistory(
            [.. purchases.Skip(1).Select(d => (d.DayNumber - first) / 7.0)],
            (end.DayNumber - first) / 7.0,
            // The time of a day is its end: its covariates hold from the end of the day before.
            [.. Days.Select((d, i) => new CovariateStep((d.DayNumber - 1 - first) / 7.0, Values[i]))]);
    }
}
