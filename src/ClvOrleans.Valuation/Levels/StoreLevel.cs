using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Valuation.Levels;

/// <summary>
/// What the customers of a store will spend in all, told from the store's own past: by cohort of acquisition and age of the customers,
/// with the season and the fortunes of past years. It knows cohorts, not customers: customers' values are set to it. Pure and safe to call
/// from many threads; amounts are in minor units, undiscounted, of purchases after the first.
/// </summary>
/// <remarks>
/// Spend of a cohort in a month is customers × quality × spend of the age × prior season × what the store's own years add: the ratio of
/// past years to what was expected of them, the latest counting most, and the share of the same days in past years.
/// </remarks>
public sealed record StoreLevel
{
    // Weight of the year before in the ratio to what was expected: one of bad luck and one of a break look alike at first.
    private const double Memory = .6;

    // Years that the prior season counts for.
    private const double PriorYears = .25;

    // Purchases of a year from which chance decides less than the year's own fortune.
    private const double PurchasesOfAYear = 300;

    // Of a year, less may be missing at the end.
    private const int MostMissingDays = 35;
    private const int Year = 365;

    private readonly Lazy<(double[] Spent, double[] Expected)> _sums;
    private readonly Lazy<double> _fortune;

    /// <summary>Makes an empty one, for initialisers.</summary>
    public StoreLevel()
    {
        _sums = new Lazy<(double[] Spent, double[] Expected)>(() => (Sums(m => m.Spent), Sums(m => m.Expected)));
        _fortune = new Lazy<double>(Fortune);
    }

    /// <summary>The last day seen.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The cohorts, the oldest first.</summary>
    public required ImmutableArray<LevelCohort> Cohorts { get; init; }

    /// <summary>What a customer of mean quality spends in a mean month, by <see cref="CustomerAge"/>.</summary>
    public required ImmutableArray<double> Ages { get; init; }

    /// <summary>The prior season: January to December, 1 for a mean month.</summary>
    public required ImmutableArray<double> Season { get; init; }

    /// <summary>The months from the first purchase in the store to <see cref="Until"/>.</summary>
    public required ImmutableArray<LevelMonth> Months { get; init; }

    /// <summary>The mean value of a purchase.</summary>
    public required double MeanPurchase { get; init; }

    /// <summary>
    /// Variance of a sum of purchases over its mean, in mean purchases: by how much parts of the store vary more than the whole.
    /// </summary>
    public required double Dispersion { get; init; }

    /// <summary>How far it may be off, by horizon, the shortest first.</summary>
    public ImmutableArray<HorizonError> Errors { get; init; } = [];

    /// <summary>What all customers will spend.</summary>
    /// <param name="asOf">The last day before.</param>
    /// <param name="horizon">How far ahead.</param>
    public double Expected(DateOnly asOf, Horizon horizon)
    {
        var (whole, rest) = Factors(asOf, horizon, out var turn);
        var end = asOf.AddDays(horizon.Days);
        return Cohorts.Sum(c => c.Customers * ((whole * Plain(c, asOf, turn)) + (rest * Plain(c, turn, end))));
    }

    /// <summary>What a customer of a cohort will spend, on average.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="asOf">The last day before.</param>
    /// <param name="horizon">How far ahead.</param>
    public double OfCustomer(LevelCohort cohort, DateOnly asOf, Horizon horizon)
    {
        var (whole, rest) = Factors(asOf, horizon, out var turn);
        return (whole * Plain(cohort, asOf, turn)) + (rest * Plain(cohort, turn, asOf.AddDays(horizon.Days)));
    }

    /// <summary>The cohort of a customer; the nearest where nobody else first bought in that month.</summary>
    public LevelCohort CohortOf(DateOnly firstPurchase)
    {
        var month = CalendarMonth.Of(firstPurchase);
        var (low, high) = (0, Cohorts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Cohorts[middle].Month <= month ? (middle, high) : (low, middle - 1);
        }

        return Cohorts[low];
    }

    /// <summary>
    /// How much more or less than on mean days is spent in the days ahead, by season and fortune: the part of the level that moves between
    /// trainings.
    /// </summary>
    public double Index(DateOnly asOf, Horizon horizon)
    {
        var (whole, rest) = Factors(asOf, horizon, out var turn);
        var end = asOf.AddDays(horizon.Days);
        return ((whole * Seasonal(asOf, turn)) + (rest * Seasonal(turn, end))) / horizon.Days;
    }

    /// <summary>How far <see cref="Expected"/> may be off.</summary>
    public LevelError Error(Horizon horizon) => HorizonError.At(Errors, horizon);

    // The factors of whole years ahead and of what is left of the horizon, and the day at which the latter begins.
    private (double Whole, double Part) Factors(DateOnly asOf, Horizon horizon, out DateOnly turn)
    {
        var years = horizon.Days / Year;
        var whole = Math.Exp(_fortune.Value);
        turn = years == 0 ? asOf : asOf.AddDays(years * Year);
        var left = horizon.Days - (years * Year);
        return (whole, left == 0 ? whole : whole * Share(turn, left));
    }

    // ln of what past years brought over what was expected of them: whole years before the last day seen, as parts have a season.
    private double Fortune()
    {
        var (sum, weights, memory) = (0.0, 0.0, 1.0);
        for (var from = Until.AddYears(-1); ; from = from.AddYears(-1))
        {
            var (spent, expected) = Between(from, from.AddYears(1));
            var weight = memory * expected / (expected + (PurchasesOfAYear * MeanPurchase));
            if (weight > 0)
            {
                sum += weight * Ratio(spent, expected);
                weights += weight;
            }

            if (CalendarMonth.Of(from) < FirstMonth)
            {
                return weights > 0 ? sum / weights : 0;
            }

            memory *= Memory;
        }
    }

    // What the same days of past years brought over what their whole year did, both over what was expected.
    private double Share(DateOnly start, int days)
    {
        var (sum, weights) = (PriorYears, PriorYears);
        var first = CalendarMonth.Start(FirstMonth);
        for (var from = start.AddYears(-1); from >= first.AddDays(-MostMissingDays); from = from.AddYears(-1))
        {
            if (from.AddDays(days) > Until || from.AddYears(1) > Until.AddDays(MostMissingDays))
            {
                continue;
            }

            var (inYear, expectedInYear) = Between(from, from.AddYears(1));
            var (spent, expected) = Between(from, from.AddDays(days));
            if (expected > 0)
            {
                var weight = expected / (expected + (PurchasesOfAYear * MeanPurchase * days / Year));
                sum += weight * Math.Exp(Ratio(spent, expected) - Ratio(inYear, expectedInYear));
                weights += weight;
            }
        }

        return sum / weights;
    }

    private double Ratio(double spent, double expected) => Math.Log((spent + MeanPurchase) / (expected + MeanPurchase));

    private int FirstMonth => CalendarMonth.Of(Until) - Months.Length + 1;

    private (double Spent, double Expected) Between(DateOnly from, DateOnly to)
    {
        var (spent, expected) = _sums.Value;
        var (low, high) = (PlaceOf(from), PlaceOf(to));
        return (At(spent, high) - At(spent, low), At(expected, high) - At(expected, low));

        static double At(double[] sums, double place)
        {
            var month = Math.Min((int)place, sums.Length - 2);
            return sums[month] + ((place - month) * (sums[month + 1] - sums[month]));
        }
    }

    // Months since the first, with the part of the month that has passed at the end of the day.
    private double PlaceOf(DateOnly day)
    {
        var month = CalendarMonth.Of(day);
        if (day >= Until)
        {
            return Months.Length;
        }

        var days = month == CalendarMonth.Of(Until) ? Until.Day : CalendarMonth.Days(month);
        return month < FirstMonth ? 0 : month - FirstMonth + ((double)day.Day / days);
    }

    private double[] Sums(Func<LevelMonth, double> of)
    {
        var sums = new double[Months.Length + 1];
        for (var i = 0; i < Months.Length; i++)
        {
            sums[i + 1] = sums[i] + of(Months[i]);
        }

        return sums;
    }

    private double Plain(LevelCohort cohort, DateOnly from, DateOnly to)
    {
        var sum = 0.0;
        for (var month = CalendarMonth.Of(from); month <= CalendarMonth.Of(to); month++)
        {
            var age = CustomerAge.GroupOf(Math.Max(0, month - cohort.Month));
            sum += DaysOf(month, from, to) * Season[month % 12] * Ages[age];
        }

        return sum * cohort.Quality / CalendarMonth.MeanDays;
    }

    private double Seasonal(DateOnly from, DateOnly to)
    {
        var sum = 0.0;
        for (var month = CalendarMonth.Of(from); month <= CalendarMonth.Of(to); month++)
        {
            sum += DaysOf(month, from, to) * Season[month % 12];
        }

        return sum;
    }

    // Days of a month after a day, up to another.
    private static int DaysOf(int month, DateOnly from, DateOnly to)
    {
        var first = CalendarMonth.Start(month).DayNumber;
        return Math.Max(0, Math.Min(to.DayNumber, first + CalendarMonth.Days(month) - 1) - Math.Max(from.DayNumber, first - 1));
    }
}
