using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Levels;

/// <summary>
/// How far the level of a store was off in windows of its past, fitted as of the end of each month, and what is believed before any is
/// seen. Student's t of few degrees of freedom where few windows that do not overlap have been seen (Gelman et al. 2013, section 3.2).
/// </summary>
internal static class LevelErrors
{
    // What is believed before windows are seen, as if four had shown it: some error of the year, one of months that evens out, and one of a
    // young store, of whose ages and season little is known: .3 as of three months, .15 as of a year.
    private const double PriorOfYear = .05;
    private const double PriorOfMonth = .28;
    private const double PriorOfYouth = .52;
    private const double PriorWindows = 4;
    private const double MostDegrees = 30;

    // Windows overlap: of squares that are correlated by (1 - k/h)² at k months, so many are worth one window of h months.
    private const double Overlap = 1.5;

    // A window counts half of one that ended five years later, and less as fewer purchases told it: it is of another store.
    private const double HalfLife = 60;
    private const double Youth = 1.5;

    // Before, nothing is told from anything.
    private const int LeastMonths = 6;
    private const int LeastPurchases = 50;

    private static readonly int[] Horizons = [1, 2, 3, 6, 9, 12, 18, 24];

    /// <summary>The errors by horizon.</summary>
    /// <param name="level">The level as of the end.</param>
    /// <param name="cells">What it was fitted to.</param>
    public static ImmutableArray<HorizonError> Of(StoreLevel level, LevelCells cells)
    {
        var squares = Horizons.ToDictionary(h => h, _ => new List<(double Square, double Weight)>());
        var whole = CalendarMonth.Of(cells.Until.AddDays(1)) - 1;
        for (var month = cells.First + LeastMonths - 1; month < whole; month++)
        {
            var known = cells.AsOf(month);
            if (known.Purchases < LeastPurchases)
            {
                continue;
            }

            var earlier = LevelFit.WithoutErrors(known);
            var youth = Math.Pow((double)known.Purchases / cells.Purchases, Youth);

            foreach (var months in Horizons.TakeWhile(h => month + h <= whole))
            {
                var end = CalendarMonth.Start(month + months + 1).AddDays(-1);
                var expected = earlier.Expected(earlier.Until, new Horizon(end.DayNumber - earlier.Until.DayNumber));
                var ratio = Math.Log((cells.SpentAfter(month, months) + earlier.MeanPurchase) / (expected + earlier.MeanPurchase));
                squares[months].Add((ratio * ratio, youth * Math.Pow(.5, (whole - month - months) / HalfLife)));
            }
        }

        return [.. Horizons.Select(h => ErrorOf(h, squares[h], level, cells.Months))];
    }

    private static HorizonError ErrorOf(int months, List<(double Square, double Weight)> squares, StoreLevel level, int seen)
    {
        var horizon = new Horizon((int)Math.Round(months * CalendarMonth.MeanDays));
        var purchases = level.Expected(level.Until, horizon) / level.MeanPurchase;
        var prior = (PriorOfYear * PriorOfYear) + (PriorOfMonth * PriorOfMonth / months)
            + (PriorOfYouth * PriorOfYouth / seen) + (level.Dispersion / (1 + purchases));
        var worth = Math.Min(1, Overlap / months);
        var windows = worth * squares.Sum(s => s.Weight);
        var variance = ((PriorWindows * prior) + (worth * squares.Sum(s => s.Weight * s.Square))) / (PriorWindows + windows);
        return new HorizonError(horizon.Days, new LevelError(Math.Min(MostDegrees, PriorWindows + windows), Math.Sqrt(variance)));
    }
}
