using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Levels;

/// <summary>
/// How far the level of a store was off in windows of its past, fitted as of the end of each month, and what is believed before any is
/// seen: each error is compared with what was believed of it, so that those of a low and a high season tell of each other. Student's t of
/// few degrees of freedom where few windows that do not overlap have been seen (Gelman et al. 2013, section 3.2).
/// </summary>
internal static class LevelErrors
{
    // What is believed before windows are seen, as if four had shown it: some error of the year; one of the window's ends, since what comes
    // a little sooner or later than in other years is within it or not, so that it is the less the more is spent in the window; and one of
    // a young store, of whose ages and season little is known: .3 as of half a year, .15 as of a year.
    private const double PriorOfYear = .05;
    private const double PriorOfEnds = .4;
    private const double LeastMonths = .5;
    private const double PriorOfYouth = 1.8;
    private const double PriorWindows = 4;
    private const double MostDegrees = 30;

    // A square counts at most so many times what was believed of it: a break is one window's misfortune, and not the error of all.
    private const double MostSquare = 4;

    // Windows overlap: of squares that are correlated by (1 - k/h)² at k months, so many are worth one window of h months.
    private const double Overlap = 1.5;

    // A window counts half of one that ended five years later, and less as fewer purchases told it: it is of another store.
    private const double HalfLife = 60;
    private const double Youth = 1.5;

    // Before, nothing is told from anything.
    private const int MonthsBefore = 6;
    private const int LeastPurchases = 50;

    private static readonly Horizon Year = new(365);
    private static readonly int[] Horizons = [1, 2, 3, 6, 9, 12, 18, 24];

    /// <summary>The errors by horizon.</summary>
    /// <param name="level">The level as of the end.</param>
    /// <param name="cells">What it was fitted to.</param>
    public static ImmutableArray<HorizonError> Of(StoreLevel level, LevelCells cells)
    {
        var squares = Horizons.ToDictionary(h => h, _ => new List<(double Square, double Weight)>());
        var whole = CalendarMonth.Of(cells.Until.AddDays(1)) - 1;
        for (var month = cells.First + MonthsBefore - 1; month < whole; month++)
        {
            var known = cells.AsOf(month);
            if (known.Purchases < LeastPurchases)
            {
                continue;
            }

            var earlier = LevelFit.WithoutErrors(known);
            var year = earlier.Expected(earlier.Until, Year);
            var youth = Math.Pow((double)known.Purchases / cells.Purchases, Youth);

            foreach (var months in Horizons.TakeWhile(h => month + h <= whole))
            {
                var end = CalendarMonth.Start(month + months + 1).AddDays(-1);
                var expected = earlier.Expected(earlier.Until, new Horizon(end.DayNumber - earlier.Until.DayNumber));
                var ratio = Math.Log((cells.SpentAfter(month, months) + earlier.MeanPurchase) / (expected + earlier.MeanPurchase));
                var square = Math.Min(MostSquare, ratio * ratio / Believed(earlier, expected, year, known.Months));
                squares[months].Add((square, youth * Math.Pow(.5, (whole - month - months) / HalfLife)));
            }
        }

        return [.. Horizons.Select(h => ErrorOf(h, squares[h], level, cells.Months))];
    }

    private static HorizonError ErrorOf(int months, List<(double Square, double Weight)> squares, StoreLevel level, int seen)
    {
        var horizon = new Horizon((int)Math.Round(months * CalendarMonth.MeanDays));
        var believed = Believed(level, level.Expected(level.Until, horizon), level.Expected(level.Until, Year), seen);
        var worth = Math.Min(1, Overlap / months);
        var windows = worth * squares.Sum(s => s.Weight);
        var times = (PriorWindows + (worth * squares.Sum(s => s.Weight * s.Square))) / (PriorWindows + windows);
        return new HorizonError(horizon.Days, new LevelError(Math.Min(MostDegrees, PriorWindows + windows), Math.Sqrt(believed * times)));
    }

    // The variance of the logarithm of what comes over what is expected, of which the months are those of a mean season.
    private static double Believed(StoreLevel level, double expected, double year, int seen)
    {
        var months = 12 * expected / year;
        return Square(PriorOfYear) + Square(PriorOfEnds / (months + LeastMonths)) + Square(PriorOfYouth / seen)
            + (level.Dispersion / (1 + (expected / level.MeanPurchase)));
    }

    private static double Square(double value) => value * value;
}
