using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Spend;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>The features of a history's buyers. It holds what a buy-till-you-die model learned of that history alone.</summary>
internal sealed class FeatureSource
{
    private const int Chunk = 256;
    private readonly DateOnly _asOf;
    private readonly SeasonalClock _clock;
    private readonly ValueKind _kind;
    private readonly ILifetimeModel _lifetime;
    private readonly GammaGamma? _spend;
    private readonly double _meanSpend;

    private FeatureSource(DateOnly asOf, SeasonalClock clock, ValueKind kind, ILifetimeModel lifetime, GammaGamma? spend, double meanSpend) =>
        (_asOf, _clock, _kind, _lifetime, _spend, _meanSpend) = (asOf, clock, kind, lifetime, spend, meanSpend);

    /// <summary>Learns from a history; where it does not carry the model, the prior stands in.</summary>
    /// <param name="past">The history.</param>
    /// <param name="kind">Which value.</param>
    /// <param name="clock">The season, as it is known at the end of all that may be learned from.</param>
    public static FeatureSource Fit(StoreHistory past, ValueKind kind, SeasonalClock clock)
    {
        ILifetimeModel lifetime;
        try
        {
            lifetime = LifetimeModels.Fit("pareto-nbd", past.Buyers.Select(c => clock.HistoryOf(c.Summary, past.End))).Model;
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

        return new FeatureSource(past.End, clock, kind, lifetime, spend, RepeatSpend.MeanOfAll(past, kind));
    }

    /// <summary>The features of customers for a horizon, one row after the other.</summary>
    public double[] Rows(IReadOnlyList<CustomerPast> customers, Horizon horizon)
    {
        var width = FeatureCatalogue.All.Length;
        var rows = new double[customers.Count * width];
        var forecaster = ForecasterOf(horizon);
        var market = MarketCalendar.Empty.At(_asOf);
        Parallel.For(0, (customers.Count + Chunk - 1) / Chunk, chunk =>
        {
            for (var i = chunk * Chunk; i < Math.Min(customers.Count, (chunk + 1) * Chunk); i++)
            {
                var summary = customers[i].Summary;
                var input = new FeatureInput(summary, _asOf, horizon, market, Forecast(forecaster, summary));
                FeatureCatalogue.Write(input, rows.AsSpan(i * width, width));
            }
        });
        return rows;
    }

    /// <summary>The values that the buy-till-you-die model expects within a horizon.</summary>
    public double[] Expected(IReadOnlyList<CustomerPast> customers, Horizon horizon)
    {
        var forecaster = ForecasterOf(horizon);
        var values = new double[customers.Count];
        Parallel.For(0, values.Length, i => values[i] = Forecast(forecaster, customers[i].Summary).Value);
        return values;
    }

    private ValueForecaster ForecasterOf(Horizon horizon) => new(_lifetime, _spend, _clock.Weeks(_asOf, _asOf.AddDays(horizon.Days)), 0);

    private ValueForecast Forecast(ValueForecaster forecaster, CustomerSummary customer)
    {
        var (mean, count) = RepeatSpend.Of(customer, _kind);
        return forecaster.Forecast(_clock.HistoryOf(customer, _asOf), count, _spend is null && count == 0 ? _meanSpend : mean, [], []);
    }
}
