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
/// <param name="isChallenged">
/// Whether it is promoted as a training does: only where it wins the challenge of the buy-till-you-die model, which is forecast by
/// otherwise.
/// </param>
internal sealed class LearnedModel(
    string name, Stacking stacking, IReadOnlyList<IForecastModel> families, bool isChallenged) : IForecastModel
{
    public string Name => name;

    private readonly WalkForwardChampion _lifetime = new(families);

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var simpler = _lifetime.Rank(past, task);
        var lifetime = WalkForwardChampion.FirstOf(simpler, past, task);
        if (!isChallenged)
        {
            return Learn(past, task, lifetime);
        }

        try
        {
            var challenge = Challenge.Of(past, task, stacking, simpler[0]);
            if (challenge is { IsWon: false, IsJudged: true })
            {
                return ShapedSimpler(challenge.Reason);
            }

            // Where no window carried both, what is learned from says why.
            var learned = Learn(past, task, lifetime);
            return challenge.IsWon ? learned : ShapedSimpler(challenge.Reason);
        }
        catch (FitException e)
        {
            return ShapedSimpler(e.Message);
        }

        ShapedForecaster ShapedSimpler(string why) =>
            new(new Simpler(lifetime, why), new ValueIntervals(IntervalFit.Of(simpler[0], past, task)), task);
    }

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) =>
        [.. _lifetime.AsOfDays(span, task), .. Stacking.AsOfDays(span, task), .. isChallenged ? Challenge.AsOfDays(span, task) : []];

    private ShapedForecaster Learn(StoreHistory past, ForecastTask task, IForecaster lifetime)
    {
        var (value, description) = stacking.Learn(past, task);
        var learned = new LearnedForecaster(value, past, task.Horizon, lifetime, description);
        return new ShapedForecaster(learned, new ValueIntervals(value.Intervals), task);
    }

    private sealed class Simpler(IForecaster lifetime, string why) : IForecaster
    {
        public string Description => $"buy-till-you-die alone, as {why}: {lifetime.Description}";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => lifetime.Forecast(customers);

        public double? ExpectedRepeats(double weeks) => lifetime.ExpectedRepeats(weeks);
    }
}
