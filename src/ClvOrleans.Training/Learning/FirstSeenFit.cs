using System.Collections.Immutable;
using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns <see cref="FirstSeen"/>: the share of those who were customers before is told from the arrivals.</summary>
internal static class FirstSeenFit
{
    private const int Rounds = 100;
    private const int Fewest = 30;

    /// <summary>Learns from a history.</summary>
    /// <param name="past">The history.</param>
    /// <param name="clock">The season.</param>
    /// <param name="plain">The model of all customers as one population, fitted.</param>
    /// <param name="histories">x, t_x and T of the buyers by the clock.</param>
    /// <exception cref="FitException">All were first seen in the same way, or the model cannot be fitted.</exception>
    public static FirstSeen Of(StoreHistory past, SeasonalClock clock, ParetoNbd plain, PurchaseHistory[] histories)
    {
        var arrivals = ArrivalsOf(past, clock, plain);
        var sorted = past.Buyers.Select(c => (long)Int128.Min(c.Summary.PurchaseDays[0].Gross.Minor, long.MaxValue)).Order().ToArray();
        var tenths = FirstSeen.Tenths - 1;
        ImmutableArray<long> values = [.. Enumerable.Range(1, tenths - 1).Select(i => sorted[(int)((long)i * sorted.Length / tenths)])];
        int[][] covariates =
        [
            [.. past.Buyers.Select(c => arrivals.OldOf(c.FirstPurchase, clock))],
            [.. past.Buyers.Select(c => FirstSeen.RankOf(c.Summary, values))],
        ];
        int[] used = [.. Enumerable.Range(0, covariates.Length).Where(k => Varies(covariates[k]))];
        if (used.Length == 0)
        {
            throw new FitException($"fewer than {Fewest} customers were first seen in another way than most");
        }

        var rows = histories.Select((_, i) => used.Select(k => (double)covariates[k][i] / tenths).ToArray()).ToArray();
        var model = CovariateModels.Fit(plain.Family, histories, rows, [.. used.Select(k => FirstSeen.Names[k])]).Model;
        return new FirstSeen(
            clock, arrivals, values, model.Baseline.Family, model.Baseline.Parameters, All(model.OnPurchases), All(model.OnDropout));

        // A covariate that says nothing has no effect.
        ImmutableArray<double> All(ImmutableArray<double> effects) =>
            [.. Enumerable.Range(0, covariates.Length).Select(k => Array.IndexOf(used, k) is >= 0 and var at ? effects[at] : 0)];
    }

    // The odds of being old at the start, by expectation and maximisation of the share of the old.
    private static Arrivals ArrivalsOf(StoreHistory past, SeasonalClock clock, ParetoNbd plain)
    {
        var arrivals = new Arrivals(past.FirstPurchase, plain.R, plain.Alpha, 0);
        var fading = past.Buyers.Select(c => arrivals.Fading(c.FirstPurchase, clock)).ToArray();
        var weeks = clock.Weeks(past.FirstPurchase, past.End);
        var ratio = weeks / (plain.Alpha / plain.R * (1 - Math.Pow(plain.Alpha / (plain.Alpha + weeks), plain.R)));
        var share = .5;
        for (var round = 0; round < Rounds; round++)
        {
            var odds = share / (1 - share) * ratio;
            share = Math.Min(fading.Average(f => odds * f / (1 + (odds * f))), 1 - 1e-6);
        }

        return arrivals with { Burst = share / (1 - share) * ratio };
    }

    private static bool Varies(int[] covariate) => covariate.Length - covariate.CountBy(v => v).Max(c => c.Value) >= Fewest;
}
