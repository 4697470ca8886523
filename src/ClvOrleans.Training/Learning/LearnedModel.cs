using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Intervals;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learned values, probabilities and intervals; where too few were seen to calibrate these, a buy-till-you-die model's, moved with the
/// value.
/// </summary>
/// <param name="name">Name, as in <c>--models</c>.</param>
/// <param name="stacking">Learns the values.</param>
/// <param name="families">Buy-till-you-die models, of which one is chosen by walk-forward validation.</param>
/// <param name="fallsBack">Whether the buy-till-you-die model stands in where there is too little to learn from.</param>
internal sealed class LearnedModel(string name, Stacking stacking, IReadOnlyList<IForecastModel> families, bool fallsBack) : IForecastModel
{
    public string Name => name;

    private readonly WalkForwardChampion _lifetime = new(families);

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var ranked = _lifetime.Rank(past, task);
        var lifetime = WalkForwardChampion.FirstOf(ranked, past, task);
        try
        {
            var (value, description) = stacking.Learn(past, task);
            var learned = new LearnedForecaster(value, past, task.Horizon, lifetime, description);
            return new ShapedForecaster(learned, new ValueIntervals(value.Intervals), task);
        }
        catch (FitException e) when (fallsBack)
        {
            var intervals = new ValueIntervals(IntervalFit.Of(ranked[0], past, task));
            return new ShapedForecaster(new Fallback(lifetime, e.Message), intervals, task);
        }
    }

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) =>
        [.. _lifetime.AsOfDays(span, task), .. Stacking.AsOfDays(span, task)];

    private sealed class Fallback(IForecaster lifetime, string why) : IForecaster
    {
        public string Description => $"buy-till-you-die alone, as {why}: {lifetime.Description}";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => lifetime.Forecast(customers);

        public double? ExpectedRepeats(double weeks) => lifetime.ExpectedRepeats(weeks);
    }
}
