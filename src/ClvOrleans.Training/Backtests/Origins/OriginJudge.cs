using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation.Metrics;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>Judges one model at one horizon from origin to origin, by what came.</summary>
/// <param name="model">The model.</param>
/// <param name="months">The horizon.</param>
/// <param name="currency">The currency of the values.</param>
/// <param name="seed">Decides the chance in transforms.</param>
internal sealed class OriginJudge(string model, int months, Currency currency, int seed)
{
    /// <summary>The intervals that are judged.</summary>
    public const double Level = .8;

    private const int Bins = 20;
    private const int Deciles = 10;
    private static readonly int Place = Forecast.Levels.IndexOf(Level);
    private readonly double _unit = (double)currency.ToMajor(new Money(1));
    private readonly Random _random = new(seed);
    private readonly CoverageTally _all = new();
    private readonly CoverageTally _lifecycle = new();
    private readonly CoverageTally _repeats = new();
    private readonly CoverageTally _decile = new();
    private readonly List<OriginTotal> _totals = [];
    private readonly List<string> _refusals = [];
    private readonly List<double> _transforms = [];
    private double _ranked;
    private int _distributions;

    /// <summary>Notes that the model could not be fitted at an origin.</summary>
    public void Refuse(DateOnly origin, string why) => _refusals.Add($"{origin:yyyy-MM-dd}: {why}");

    /// <summary>Takes the forecasts from an origin.</summary>
    /// <param name="past">What was known.</param>
    /// <param name="until">The last day forecast.</param>
    /// <param name="forecaster">Made the forecasts.</param>
    /// <param name="outcomes">What came, by buyer.</param>
    public void Add(StoreHistory past, DateOnly until, IForecaster forecaster, ImmutableArray<HoldoutOutcome> outcomes)
    {
        var forecasts = forecaster.Forecast(past.Buyers);
        var actual = outcomes.Select(o => (double)currency.ToMajor(o.Value)).ToArray();
        _totals.Add(TotalOf(past, until, forecaster, forecasts.Sum(f => f.Value) * _unit, actual.Sum()));
        var order = Enumerable.Range(0, forecasts.Count).OrderByDescending(i => forecasts[i].Value).ToArray();
        for (var rank = 0; rank < order.Length; rank++)
        {
            var i = order[rank];
            Add(past.Buyers[i], past.End, forecasts[i], actual[i], 1 + (int)((long)rank * Deciles / order.Length));
        }
    }

    /// <summary>What came of it.</summary>
    public OriginRow Finish() => new()
    {
        Model = model,
        Months = months,
        Totals = [.. _totals],
        Refusals = [.. _refusals],
        Customers = _all.Finish().FirstOrDefault(),
        ByLifecycle = [.. _lifecycle.Finish()],
        ByRepeats = [.. _repeats.Finish()],
        ByDecile = [.. _decile.Finish()],
        RankedProbability = _distributions == 0 ? null : _ranked / _distributions,
        Transforms = Histogram(),
        TransformDistance = ProbabilityTransform.Distance(_transforms),
    };

    private OriginTotal TotalOf(StoreHistory past, DateOnly until, IForecaster forecaster, double predicted, double actual)
    {
        var ratio = predicted > 0 && actual > 0 ? Math.Log(actual / predicted) : (double?)null;
        if (forecaster is not ITotalForecaster total)
        {
            return new OriginTotal(past.End, until, past.Buyers.Length, predicted, actual, ratio, null, null, null, null, null);
        }

        var distribution = total.Total(past.Buyers);
        double[] quantiles = [.. distribution.Values.Select(v => v * _unit)];
        var (lower, upper) = (distribution.Quantile((1 - Level) / 2) * _unit, distribution.Quantile((1 + Level) / 2) * _unit);
        return new OriginTotal(
            past.End, until, past.Buyers.Length, predicted, actual, ratio, lower, upper, IntervalScore.Of(lower, upper, Level, actual),
            RankedProbability.Of(quantiles, actual), ProbabilityTransform.Of(quantiles, 0, actual, _random.NextDouble()));
    }

    private void Add(AsOfSnapshot customer, DateOnly asOf, Forecast forecast, double actual, int decile)
    {
        var none = 1 - (forecast.Buys ?? 1);
        if (!forecast.Intervals.IsEmpty)
        {
            // Nobody spends a fraction of a minor unit.
            var given = forecast.Intervals[Place];
            var interval = new Forecast.Interval(Math.Round(given.Lower) * _unit, Math.Round(given.Upper) * _unit);
            var predicted = forecast.Value * _unit;
            _all.Add((0, "all"), interval, predicted, actual);
            _decile.Add((decile, $"{decile}"), interval, predicted, actual);
            _repeats.Add(GroupOf(customer.Summary.PurchaseDays.Length - 1, none), interval, predicted, actual);
            if (forecast.Alive is { } alive)
            {
                var lifecycle = LifecycleRule.Of(customer.Summary, asOf, alive);
                _lifecycle.Add(((int)lifecycle, $"{lifecycle}"), interval, predicted, actual);
            }
        }

        if (forecast.Quantiles is { } distribution)
        {
            double[] quantiles = [.. distribution.Values.Select(v => v * _unit)];
            _ranked += RankedProbability.Of(quantiles, actual);
            _distributions++;
            _transforms.Add(ProbabilityTransform.Of(quantiles, none, actual, _random.NextDouble()));
        }
    }

    private static (int Order, string Name) GroupOf(int repeats, double none)
    {
        var (count, counts) = repeats switch { 0 => (0, "0"), 1 => (1, "1"), < 4 => (2, "2 to 3"), _ => (3, "4 or more") };
        var (chance, chances) = none switch { < 1 / 3.0 => (0, "below 1/3"), < 2 / 3.0 => (1, "1/3 to 2/3"), _ => (2, "above 2/3") };
        return ((count * 3) + chance, $"{counts} repeats, P(0) {chances}");
    }

    private ImmutableArray<double> Histogram()
    {
        if (_transforms.Count == 0)
        {
            return [];
        }

        var bins = new double[Bins];
        foreach (var transform in _transforms)
        {
            bins[Math.Min(Bins - 1, (int)(transform * Bins))] += 1.0 / _transforms.Count;
        }

        return [.. bins];
    }
}
