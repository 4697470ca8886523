using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Spend;

namespace ClvOrleans.Model.Learned;

/// <summary>
/// The features of a store's customers. It holds what a buy-till-you-die model learned of the store's past on the seasonal clock, by which
/// some of them are made. Pure and safe to call from many threads; the same numbers in training and live, since it is the same code.
/// </summary>
public sealed class FeatureMaker
{
    private const int MostForecasters = 64;
    private readonly ConcurrentDictionary<(DateOnly AsOf, int Days), ValueForecaster> _forecasters = new();
    private readonly ILifetimeModel _lifetime;
    private readonly GammaGamma? _spend;

    /// <summary>Makes it.</summary>
    /// <param name="kind">Which value the features expect.</param>
    /// <param name="clock">The season.</param>
    /// <param name="family">Family of the buy-till-you-die model.</param>
    /// <param name="parameters">Its parameters, in weeks of the clock.</param>
    /// <param name="spendParameters">Parameters of Gamma-Gamma, in minor units; null where the data do not carry it.</param>
    /// <param name="meanSpend">The mean value of a purchase day, in minor units, which then stands in.</param>
    /// <param name="prices">What the categories of the store cost.</param>
    /// <exception cref="ArgumentException">A parameter is missing or invalid.</exception>
    [JsonConstructor]
    public FeatureMaker(
        ValueKind kind,
        SeasonalClock clock,
        string family,
        ImmutableSortedDictionary<string, double> parameters,
        ImmutableSortedDictionary<string, double>? spendParameters,
        double meanSpend,
        CategoryPrices prices)
    {
        (Kind, Clock, Family, Parameters, SpendParameters, MeanSpend, Prices) = (kind, clock, family, parameters, spendParameters, meanSpend, prices);
        _lifetime = LifetimeModels.Create(family, parameters);
        _spend = spendParameters is null ? null : SpendModels.Create(spendParameters);
    }

    /// <summary>Which value the features expect.</summary>
    public ValueKind Kind { get; }

    /// <summary>The season.</summary>
    public SeasonalClock Clock { get; }

    /// <summary>Family of the buy-till-you-die model.</summary>
    public string Family { get; }

    /// <summary>Its parameters, in weeks of the clock.</summary>
    public ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>Parameters of Gamma-Gamma, in minor units; null where the data did not carry it.</summary>
    public ImmutableSortedDictionary<string, double>? SpendParameters { get; }

    /// <summary>The mean value of a purchase day, in minor units.</summary>
    public double MeanSpend { get; }

    /// <summary>What the categories of the store cost.</summary>
    public CategoryPrices Prices { get; }

    /// <summary>Writes the features of a buyer.</summary>
    /// <param name="customer">The buyer, as of the day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far ahead models look that read the features.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="row">Room for the features of the catalogue.</param>
    public void Write(CustomerSummary customer, DateOnly asOf, Horizon horizon, MarketFeatures market, Span<double> row) =>
        FeatureCatalogue.Write(new FeatureInput(customer, asOf, horizon, market, Forecast(customer, asOf, horizon), Prices), row);

    /// <summary>What the buy-till-you-die model expects of a buyer, undiscounted.</summary>
    public ValueForecast Forecast(CustomerSummary customer, DateOnly asOf, Horizon horizon)
    {
        var (mean, count) = RepeatSpend.Of(customer, Kind);
        return ForecasterOf(asOf, horizon).Forecast(
            Clock.HistoryOf(customer, asOf), count, _spend is null && count == 0 ? MeanSpend : mean, [], []);
    }

    private ValueForecaster ForecasterOf(DateOnly asOf, Horizon horizon)
    {
        if (_forecasters.TryGetValue((asOf, horizon.Days), out var known))
        {
            return known;
        }

        if (_forecasters.Count >= MostForecasters)
        {
            _forecasters.Clear();
        }

        return _forecasters[(asOf, horizon.Days)] = new ValueForecaster(_lifetime, _spend, Clock.Weeks(asOf, asOf.AddDays(horizon.Days)), 0);
    }
}
