using ClvOrleans.Model.Covariates;
using ClvOrleans.Model.Learned;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Training.Backtests;

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
    /// <exception cref="FitException">There is no burst, or nothing but one, or the model cannot be fitted.</exception>
    public static FirstSeen Of(StoreHistory past, SeasonalClock clock, ParetoNbd plain, PurchaseHistory[] histories)
    {
        var start = past.FirstPurchase;
        var fading = past.Buyers.Select(c => FirstSeen.Fading(c.FirstPurchase, start, clock, plain.R, plain.Alpha)).ToArray();
        var burst = Burst(fading, clock.Weeks(start, past.End), plain);
        var steps = fading.Select(f => FirstSeen.StepOf(burst * f)).ToArray();
        if (steps.Length - steps.CountBy(s => s).Max(c => c.Value) < Fewest)
        {
            throw new FitException($"fewer than {Fewest} customers differ from most in how likely they were customers before the data begin");
        }

        var model = CovariateModels.Fit(plain.Family, histories, [.. steps.Select(s => new[] { (double)s / FirstSeen.Steps })], ["old"]).Model;
        return new FirstSeen(
            start, plain.R, plain.Alpha, burst, model.Baseline.Family, model.Baseline.Parameters, model.OnPurchases[0], model.OnDropout[0]);
    }

    // The odds of being old at the start, by expectation and maximisation of the share of the old.
    private static double Burst(double[] fading, double weeks, ParetoNbd plain)
    {
        var seen = plain.Alpha / plain.R * (1 - Math.Pow(plain.Alpha / (plain.Alpha + weeks), plain.R));
        var ratio = weeks / seen;
        var share = .5;
        for (var round = 0; round < Rounds; round++)
        {
            var odds = share / (1 - share) * ratio;
            share = Math.Min(fading.Average(f => odds * f / (1 + (odds * f))), 1 - 1e-6);
        }

        return share / (1 - share) * ratio;
    }
}
