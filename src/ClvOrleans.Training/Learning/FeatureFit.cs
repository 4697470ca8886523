using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns a <see cref="FeatureMaker"/> from a history alone.</summary>
internal static class FeatureFit
{
    /// <summary>Learns; where the history does not carry the model, the prior stands in.</summary>
    /// <param name="past">The history.</param>
    /// <param name="kind">Which value.</param>
    /// <param name="clock">The season, as it is known at the end of all that may be learned from.</param>
    public static FeatureMaker Of(StoreHistory past, ValueKind kind, SeasonalClock clock)
    {
        ILifetimeModel lifetime;
        FirstSeen? firstSeen = null;
        var histories = past.Buyers.Select(c => clock.HistoryOf(c.Summary, past.End)).ToArray();
        try
        {
            lifetime = LifetimeModels.Fit("pareto-nbd", histories).Model;
            firstSeen = FirstSeenOrNone(past, clock, (ParetoNbd)lifetime, histories);
        }
        catch (FitException)
        {
            lifetime = LifetimeModels.Create(PriorModel.Version.Family, PriorModel.Version.Parameters);
        }

        GammaGamma? spend = null;
        try
        {
            spend = SpendModels.Fit([.. past.Buyers.Select(c => RepeatSpend.Of(c.Summary, kind))]).Model;
        }
        catch (FitException)
        {
            // The mean value of a purchase stands in.
        }

        return new FeatureMaker(
            kind, clock, lifetime.Family, lifetime.Parameters, spend?.Parameters, StoreSpend.MeanOfAll(past, kind),
            CategoryPrices.Of(past.Buyers.Select(c => c.Summary)), firstSeen, StoreSpend.RangeOf(past, kind));
    }

    private static FirstSeen? FirstSeenOrNone(StoreHistory past, SeasonalClock clock, ParetoNbd plain, PurchaseHistory[] histories)
    {
        try
        {
            return FirstSeenFit.Of(past, clock, plain, histories);
        }
        catch (FitException)
        {
            // One population, then.
            return null;
        }
    }
}
