using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Market;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>A fitted buy-till-you-die model with its spend model, by the same code as live estimates, but without discount.</summary>
internal sealed class BuyTillYouDieForecaster : IForecaster
{
    private const int MostOrders = 400;
    private static readonly double[] Ends = [.. Forecasts.Forecast.Levels.SelectMany(l => new[] { (1 - l) / 2, (1 + l) / 2 })];
    private static readonly double[] EndsAndQuantiles = [.. Ends, .. ValueQuantiles.Probabilities(ValueQuantiles.OfCustomer)];
    private readonly StoreHistory _past;
    private readonly ForecastTask _task;
    private readonly MarketClock? _clock;
    private readonly double _weeks;
    private readonly ILifetimeModel _lifetime;
    private readonly ValueForecaster _forecaster;
    private readonly bool _hasSpendModel;
    private readonly double _meanSpend;
    private readonly double _kept;

    public BuyTillYouDieForecaster(
        StoreHistory past,
        ForecastTask task,
        ILifetimeModel lifetime,
        (ImmutableArray<string> Names, ImmutableArray<double> Covariance) fitted,
        SpendFit? spend,
        string remark,
        MarketClock? clock = null)
    {
        (_past, _task, _lifetime, _hasSpendModel, _clock) = (past, task, lifetime, spend is not null, clock);
        _weeks = clock?.Weeks(past.End, past.End.AddDays(task.Horizon.Days)) ?? task.Horizon.Weeks;
        _forecaster = new ValueForecaster(
            lifetime,
            spend?.Model,
            _weeks,
            0,
            fitted.Names,
            fitted.Covariance,
            spend?.Report.Covariance ?? default,
            StoreSpend.RangeOf(past, task.Value));
        _meanSpend = StoreSpend.MeanOfAll(past, task.Value);
        _kept = StoreSpend.KeptShare(past, task.Value);
        var value = spend is null ? "mean spend" : $"Gamma-Gamma ({Text(spend.Model.Parameters)})";
        Description = $"{remark}{lifetime.Family} ({Text(lifetime.Parameters)}), {value}";
    }

    public string Description { get; }

    // The prepared form also holds for BG/NBD with a + b < 1, where the plain formula has no value at x = 0.
    // On the market's clock it depends on the day of the first purchase.
    public double? ExpectedRepeats(double weeks) => _clock is not null ? null
        : weeks == 0 ? 0
        : new ValueForecaster(_lifetime, null, weeks, 0).Forecast(new PurchaseHistory(0, 0, 0), 0, 1, [], []).ExpectedOrders;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers)
    {
        var counts = new double[MostOrders];
        return [.. customers.Select(c => Forecast(c.Summary, counts))];
    }

    private Forecast Forecast(CustomerSummary customer, double[] counts)
    {
        var history = HistoryOf(customer);
        var (mean, count) = RepeatSpend.Of(customer, _task.Value);
        var probabilities = _task.WithQuantiles ? EndsAndQuantiles : Ends;
        Span<double> quantiles = stackalloc double[probabilities.Length];
        var forecast = _forecaster.Forecast(history, count, !_hasSpendModel && count == 0 ? _meanSpend : mean, probabilities, quantiles);
        var written = _lifetime.PurchaseProbabilities(history, _weeks, counts.AsSpan());
        var intervals = ImmutableArray.CreateBuilder<Forecast.Interval>(Ends.Length / 2);
        for (var i = 0; i < Ends.Length; i += 2)
        {
            intervals.Add(new Forecast.Interval(quantiles[i] * _kept, quantiles[i + 1] * _kept));
        }

        double[] distribution = [.. quantiles[Ends.Length..]];

        return new Forecast(forecast.Value * _kept, forecast.ExpectedOrders)
        {
            Alive = forecast.ProbabilityAlive,
            Variance = forecast.Variance * _kept * _kept,
            Intervals = intervals.MoveToImmutable(),
            Quantiles = distribution.Length > 0 ? new ValueQuantiles([.. distribution.Select(v => v * _kept)]) : null,
            Counts = ImmutableArray.Create(counts, 0, written),
        };
    }

    private PurchaseHistory HistoryOf(CustomerSummary customer)
    {
        var days = customer.PurchaseDays;
        return _clock is null
            ? customer.HistoryAt(_past.End)!.Value
            : new PurchaseHistory(days.Length - 1, _clock.Weeks(days[0].Day, days[^1].Day), _clock.Weeks(days[0].Day, _past.End));
    }

    private static string Text(ImmutableSortedDictionary<string, double> parameters) =>
        string.Join(", ", parameters.Select(p => FormattableString.Invariant($"{p.Key} {p.Value:g4}")));
}
