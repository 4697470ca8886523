using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Levels;

/// <summary>
/// Fits a <see cref="StoreLevel"/>: customers × quality of the cohort × spend of the age × season, by iterative proportional fitting, each
/// factor drawn towards what is believed of stores. Windows of the past, each fitted as of its beginning, tell how far it is off.
/// </summary>
internal static class LevelFit
{
    private const int Rounds = 10;

    // Purchases that beliefs count for: an age spends as a younger one does but for the slope, a month as in other stores, a cohort as all.
    private const double OfAge = 1_500;
    private const double OfMonth = 1_000;
    private const double OfCohort = 20;

    // All customers share a year's fortune: its purchases tell no more than so many independent ones.
    private const double MostOfYear = 20_000;

    // ln spend falls by this for each unit of ln age beyond three months, give or take.
    private const double Slope = -.3;
    private const double SlopeDeviation = .15;
    private const int SlopeFrom = 3;

    // Variance of ln of a year's spend beyond that of its purchases, and the variance of a purchase over its squared mean.
    private const double YearVariance = .04;
    private const double PurchaseVariance = 2;

    /// <summary>Fits the level of a store.</summary>
    /// <param name="past">The past.</param>
    /// <param name="kind">Which value.</param>
    /// <exception cref="FitException">Nobody has bought again.</exception>
    public static StoreLevel Of(StoreHistory past, ValueKind kind) => Of(LevelCells.Of(past, kind));

    /// <summary>The level of a store; null where nobody has bought again.</summary>
    /// <param name="past">The past.</param>
    /// <param name="kind">Which value.</param>
    public static StoreLevel? Find(StoreHistory past, ValueKind kind)
    {
        try
        {
            return Of(past, kind);
        }
        catch (FitException)
        {
            return null;
        }
    }

    /// <summary>Fits the level to cells, with its errors.</summary>
    /// <inheritdoc cref="Of(StoreHistory, ValueKind)" path="/exception" />
    public static StoreLevel Of(LevelCells cells)
    {
        var level = WithoutErrors(cells);
        return level with { Errors = LevelErrors.Of(level, cells) };
    }

    /// <summary>Fits the level to cells.</summary>
    /// <inheritdoc cref="Of(StoreHistory, ValueKind)" path="/exception" />
    public static StoreLevel WithoutErrors(LevelCells cells)
    {
        if (cells.Purchases == 0)
        {
            throw new FitException("nobody has bought again");
        }

        var (spent, exposure) = (0.0, 0.0);
        foreach (var cell in cells.All)
        {
            (spent, exposure) = (spent + cell.Spent, exposure + cell.Exposure);
        }

        var unit = spent / cells.Purchases;
        var season = StoreSeason.Prior.ToArray();
        var ages = Enumerable.Repeat(spent / unit / exposure, CustomerAge.Starts.Length).ToArray();
        var qualities = Enumerable.Repeat(1.0, cells.Months).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            FitSeason(cells, unit, season, ages, qualities);
            FitAges(cells, unit, season, ages, qualities, spent / unit / exposure);
            FitQualities(cells, unit, season, ages, qualities);
        }

        var months = new (double Spent, double Expected)[cells.Months];
        foreach (var cell in cells.All)
        {
            ref var month = ref months[cell.Month - cells.First];
            month.Spent += cell.Spent;
            month.Expected += unit * cell.Exposure * qualities[cell.Cohort
                - cells.First] * ages[GroupOf(cell)] * StoreSeason.Prior[cell.Month % 12];
        }

        return new StoreLevel
        {
            Until = cells.Until,
            Cohorts =
            [
                .. qualities.Select((q, i) => new LevelCohort(cells.First + i, cells.CustomersOf(cells.First + i), q))
                    .Where(c => c.Customers > 0),
            ],
            Ages = [.. ages.Select(a => a * unit)],
            Season = StoreSeason.Prior,
            Months = [.. months.Select(m => new LevelMonth(m.Spent, m.Expected))],
            MeanPurchase = unit,
            Dispersion = cells.Dispersion,
        };
    }

    private static int GroupOf(in LevelCell cell) => CustomerAge.GroupOf(cell.Month - cell.Cohort);

    // The season keeps the others from being mistaken for it; forecasts take theirs from whole years.
    private static void FitSeason(LevelCells cells, double unit, double[] season, double[] ages, double[] qualities)
    {
        var seen = new Evidence[12];
        var groups = new PerMonth(12, cells);
        foreach (var cell in cells.All)
        {
            var expected = cell.Exposure * ages[GroupOf(cell)] * qualities[cell.Cohort - cells.First];
            seen[cell.Month % 12].Add(cell.Spent / unit, expected);
            groups.Add(cell.Month % 12, cell.Month, expected);
        }

        for (var m = 0; m < 12; m++)
        {
            var prior = StoreSeason.Prior[m];
            var (came, expected) = seen[m].Capped(MostOfYear * groups.Months(m) / 12);
            season[m] = prior * (came + OfMonth) / ((expected * prior) + OfMonth);
        }

        var mean = season.Average();
        for (var m = 0; m < 12; m++)
        {
            season[m] /= mean;
        }
    }

    private static void FitAges(LevelCells cells, double unit, double[] season, double[] ages, double[] qualities, double start)
    {
        var seen = new Evidence[ages.Length];
        var groups = new PerMonth(ages.Length, cells);
        foreach (var cell in cells.All)
        {
            var (group, expected) = (GroupOf(cell), cell.Exposure * season[cell.Month % 12] * qualities[cell.Cohort - cells.First]);
            seen[group].Add(cell.Spent / unit, expected);
            groups.Add(group, cell.Month, expected);
        }

        var slope = SlopeOf(seen, ages, groups, start);
        var last = start;
        for (var group = 0; group < ages.Length; group++)
        {
            var fall = group > 0 && CustomerAge.Starts[group] >= SlopeFrom
                ? Math.Pow(CustomerAge.Middles[group] / CustomerAge.Middles[group - 1], slope)
                : 1;
            var believed = last * fall;
            var (came, expected) = seen[group].Capped(MostOfYear * groups.Months(group) / 12 / ages[group]);
            ages[group] = last = (came + OfAge) / (expected + (OfAge / believed));
        }
    }

    // Ridge regression of ln spend on ln age. Nobody buys more for being older: what seems so is that of the better cohorts more stay.
    private static double SlopeOf(Evidence[] seen, double[] ages, PerMonth groups, double start)
    {
        var (weights, sumX, sumY) = (0.0, 0.0, 0.0);
        List<(double X, double Y, double Weight)> points = [];
        for (var group = 0; group < ages.Length; group++)
        {
            var purchases = seen[group].Expected * ages[group];
            if (CustomerAge.Starts[group] < SlopeFrom || purchases <= 0)
            {
                continue;
            }

            var (x, y) = (Math.Log(CustomerAge.Middles[group]), Math.Log((seen[group].Came + .5) / (seen[group].Expected + (.5 / start))));
            var weight = 1 / ((PurchaseVariance / purchases) + (YearVariance * 12 / groups.Months(group)));
            points.Add((x, y, weight));
            (weights, sumX, sumY) = (weights + weight, sumX + (weight * x), sumY + (weight * y));
        }

        if (points.Count == 0)
        {
            return Slope;
        }

        var (meanX, meanY) = (sumX / weights, sumY / weights);
        var squares = points.Sum(p => p.Weight * (p.X - meanX) * (p.X - meanX));
        var products = points.Sum(p => p.Weight * (p.X - meanX) * (p.Y - meanY));
        const double Precision = 1 / (SlopeDeviation * SlopeDeviation);
        return Math.Min(0, (products + (Slope * Precision)) / (squares + Precision));
    }

    private static void FitQualities(LevelCells cells, double unit, double[] season, double[] ages, double[] qualities)
    {
        var seen = new Evidence[qualities.Length];
        foreach (var cell in cells.All)
        {
            seen[cell.Cohort - cells.First].Add(cell.Spent / unit, cell.Exposure * season[cell.Month % 12] * ages[GroupOf(cell)]);
        }

        for (var cohort = 0; cohort < qualities.Length; cohort++)
        {
            qualities[cohort] = (seen[cohort].Came + OfCohort) / (seen[cohort].Expected + OfCohort);
        }
    }

    private struct Evidence
    {
        public double Came { get; private set; }

        public double Expected { get; private set; }

        public void Add(double came, double expected) => (Came, Expected) = (Came + came, Expected + expected);

        public readonly (double Came, double Expected) Capped(double most)
        {
            var share = most > 0 ? 1 / (1 + (Expected / most)) : 1;
            return (Came * share, Expected * share);
        }
    }

    // How many months tell of a group, those of much weight counting more: (Σ w)² / Σ w².
    private sealed class PerMonth(int groups, LevelCells cells)
    {
        private readonly double[] _weights = new double[groups * cells.Months];

        public void Add(int group, int month, double weight) => _weights[(group * cells.Months) + month - cells.First] += weight;

        public double Months(int group)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var weight in _weights.AsSpan(group * cells.Months, cells.Months))
            {
                (sum, squares) = (sum + weight, squares + (weight * weight));
            }

            return squares > 0 ? sum * sum / squares : 0;
        }
    }
}
