using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// Buy-till-you-die families for the number of purchases, of which the best by Schwarz's criterion is taken, and Gamma-Gamma for their
/// value.
/// </summary>
internal sealed class BuyTillYouDie(string name, params string[] families) : IForecastModel
{
    public string Name => name;

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        PurchaseHistory[] all = [.. past.Buyers.Select(c => c.Summary.HistoryAt(past.End)!.Value)];
        var histories = PurchaseHistories.Of(all);
        var isSmall = families is [KnownStores.Family] && SmallStore.Is(all);
        var fit = isSmall
            ? SmallStore.Fit(histories)
            : families.Select(f => LifetimeModels.Fit(f, histories)).MinBy(f => f.Report.Bic)!;
        return new BuyTillYouDieForecaster(
            past, task, fit.Model, (fit.Report.Names, fit.Report.Covariance), Spend(past, task), isSmall ? "small store: " : "");
    }

    /// <summary>
    /// What stands in where nothing can be fitted: what is known of other stores, the customers' own spend.
    /// </summary>
    public static IForecaster Prior(StoreHistory past, ForecastTask task, string why)
    {
        var prior = LifetimeModels.Create(PriorModel.Version.Family, PriorModel.Version.Parameters);
        var known = (PriorModel.Version.Fitted, PriorModel.Version.Covariance);
        return new BuyTillYouDieForecaster(past, task, prior, known, Spend(past, task), $"prior, as {why}: ");
    }

    /// <summary>The spend model; null where the data do not carry one.</summary>
    public static SpendFit? Spend(StoreHistory past, ForecastTask task)
    {
        try
        {
            return SpendModels.Fit([.. past.Buyers.Select(c => RepeatSpend.Of(c.Summary, task.Value))]);
        }
        catch (FitException)
        {
            // The mean value of a purchase stands in; the description says so.
            return null;
        }
    }
}
