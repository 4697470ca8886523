using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>A fitted <see cref="LearnedModel"/>.</summary>
/// <param name="value">The values, by the same code as live estimates.</param>
/// <param name="past">What it was fitted to.</param>
/// <param name="horizon">How far to forecast.</param>
/// <param name="lifetime">Gives the shape of intervals.</param>
/// <param name="description">What was learned.</param>
internal sealed class LearnedForecaster(
    StackedValue value, StoreHistory past, Horizon horizon, IForecaster lifetime, string description) : IForecaster
{
    private const int MostOrders = 400;

    public string Description => description;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers)
    {
        var market = past.Market.At(past.End);
        var room = new double[MostOrders];
        return [.. lifetime.Forecast(customers).Select((baseline, i) =>
        {
            var customer = customers[i].Summary;
            var expected = value.Forecast(customer, market, past.End, horizon);
            var moved = baseline.Value > 0 ? expected.Value / baseline.Value : 1;
            return new Forecast(expected.Value, expected.ExpectedOrders)
            {
                Alive = expected.ProbabilityAlive,
                Counts = Counts(
                    room.AsSpan(0, value.Features.WriteCounts(customer, past.End, horizon, room)), expected.ProbabilityOfNoOrder),
                Variance = baseline.Variance * moved * moved,
                Intervals = [.. baseline.Intervals.Select(v => new Forecast.Interval(v.Lower * moved, v.Upper * moved))],
            };
        })];
    }

    public double? ExpectedRepeats(double weeks) => lifetime.ExpectedRepeats(weeks);

    // Of those who buy, as many buy once, twice and so on as before.
    private static ImmutableArray<double> Counts(Span<double> counts, double none)
    {
        var share = counts[0] < 1 ? (1 - none) / (1 - counts[0]) : 0;
        counts[0] = none;
        for (var n = 1; n < counts.Length; n++)
        {
            counts[n] *= share;
        }

        return [.. counts];
    }
}
