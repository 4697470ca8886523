using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Learned;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Learning;

/// <summary>A fitted <see cref="LearnedModel"/>.</summary>
/// <param name="value">The values, by the same code as live estimates.</param>
/// <param name="past">What it was fitted to.</param>
/// <param name="horizon">How far to forecast.</param>
/// <param name="lifetime">Gives probabilities and intervals.</param>
/// <param name="description">What was learned.</param>
internal sealed class LearnedForecaster(
    PooledValue value, StoreHistory past, Horizon horizon, IForecaster lifetime, string description) : IForecaster
{
    public string Description => description;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers)
    {
        var market = past.Market.At(past.End);
        return [.. lifetime.Forecast(customers).Select((f, i) =>
        {
            var expected = value.Of(customers[i].Summary, market, past.End, horizon);
            var moved = f.Value > 0 ? expected / f.Value : 1;
            return f with { Value = expected, Intervals = [.. f.Intervals.Select(v => new Forecast.Interval(v.Lower * moved, v.Upper * moved))] };
        })];
    }

    public double? ExpectedRepeats(double weeks) => lifetime.ExpectedRepeats(weeks);
}
