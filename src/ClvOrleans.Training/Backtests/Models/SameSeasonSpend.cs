using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>The next days will be like the same days a year ago: the naive rule where there is a season.</summary>
internal sealed class SameSeasonSpend : IForecastModel
{
    public string Name => "naive: same days a year ago";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task, DaysOf(past.End, task));

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) => Ends(DaysOf(span.End, task));

    private static DateOnly[] Ends((DateOnly From, DateOnly To) days) => [days.From, days.To];

    // From the same day a year ago, or so many years as the horizon is long.
    private static (DateOnly From, DateOnly To) DaysOf(DateOnly end, ForecastTask task)
    {
        var from = end.AddYears(-Math.Max(1, (int)Math.Ceiling(task.Horizon.Days / 366.0)));
        var to = from.AddDays(task.Horizon.Days);
        return (from, to < end ? to : end);
    }

    private sealed class Fitted(StoreHistory past, ForecastTask task, (DateOnly From, DateOnly To) days) : IForecaster
    {
        public string Description => $"{days.From.AddDays(1):yyyy-MM-dd} to {days.To:yyyy-MM-dd} again";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(c =>
        {
            if (past.Earlier(c, days.To) is not { } then)
            {
                return Forecasts.Forecast.OfRate(0, 0);
            }

            var credits = past.Earlier(c, days.From)?.Summary.Credits ?? Money.Zero;
            var came = HoldoutOutcome.Of(then.Summary, credits, days.From, days.To, task.Value, past.Store);
            return Forecasts.Forecast.OfRate((double)came.Value.Minor, came.Orders);
        })];
    }
}
