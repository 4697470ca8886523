using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Market;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// A buy-till-you-die family whose customers buy the more often the more the market is on: it is fitted and asked in effective time, as in
/// training and live estimates. Of the days to come it reads what the calendar foresees.
/// </summary>
/// <param name="family"><c>bg-nbd</c> or <c>mbg-nbd</c>, whose formulas hold in effective time as they are.</param>
internal sealed class MarketFollower(string family) : IForecastModel
{
    public string Name => $"{family}-market";

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var days = past.Buyers.Select(c => c.Summary.PurchaseDays.Select(d => d.Day).ToArray());
        var fit = MarketModels.Fit(family, days, past.End, past.Market);
        var effects = fit.Model.Effects;
        if (effects == MarketEffects.None)
        {
            throw new FitException($"no entry of the market calendar begins or ends within the days up to {past.End:yyyy-MM-dd}");
        }

        var clock = new MarketClock(past.Market, effects, past.FirstPurchase, past.End.AddDays(task.Horizon.Days));
        var remark = FormattableString.Invariant(
            $"promotion {effects.Promotion:+0.00;-0.00;0}, season {effects.Season:+0.00;-0.00;0}, competitor {effects.Competitor:+0.00;-0.00;0}: ");
        return new BuyTillYouDieForecaster(
            past, task, fit.Model.Baseline, fit.Report.Baseline, BuyTillYouDie.Spend(past, task), remark, clock);
    }
}
