using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// The features of a store's customers. It holds what a buy-till-you-die model learned of the store's past on the seasonal clock, by which
/// some of them are made. Pure and safe to call from many threads; the same numbers in training and live, since it is the same code.
/// </summary>
public sealed class FeatureMaker
{
    private const int MostForecasters = 1_024;
    private const int OnePopulation = -1;
    private const double MostWeeks = 520;
    private readonly ConcurrentDictionary<(DateOnly AsOf, int Days, int Group), ValueForecaster> _forecasters = new();
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
    /// <param name="firstSeen">Who was a customer before the data begin; null where that cannot be told.</param>
    /// <param name="paid">The least and the most that was paid on a day; null where it is not known.</param>
    /// <exception cref="ArgumentException">A parameter is missing or invalid.</exception>
    [JsonConstructor]
    public FeatureMaker(
        ValueKind kind,
        SeasonalClock clock,
        string family,
        ImmutableSortedDictionary<string, double> parameters,
        ImmutableSortedDictionary<string, double>? spendParameters,
        double meanSpend,
        CategoryPrices prices,
        FirstSeen? firstSeen,
        SpendRange? paid = null)
    {
        (Kind, Clock, Family, Parameters, SpendParameters, MeanSpend) = (kind, clock, family, parameters, spendParameters, meanSpend);
        (Prices, FirstSeen, Paid) = (prices, firstSeen, paid);
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

    /// <summary>Who was a customer before the data begin; null where that cannot be told.</summary>
    public FirstSeen? FirstSeen { get; }

    /// <summary>The least and the most that was paid on a day, in minor units; null where it is not known.</summary>
    public SpendRange? Paid { get; }

    /// <summary>Writes the features of a buyer, and returns what the buy-till-you-die model expects of them within the horizon.</summary>
    /// <param name="customer">The buyer, as of the day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far ahead models look that read the features.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="row">Room for the features of the catalogue.</param>
    public ValueForecast Write(CustomerSummary customer, DateOnly asOf, Horizon horizon, MarketFeatures market, Span<double> row)
    {
        var expected = Forecast(customer, asOf, horizon);
        FeatureCatalogue.Write(new FeatureInput(customer, asOf, horizon, market, expected, Prices), row);
        return expected;
    }

    /// <summary>
    /// What the buy-till-you-die model expects of a buyer, undiscounted. Whether customers are of one population or of two, those of before
    /// the data begin and the new, is not known: the mean of both forecasts is that of their equal mixture.
    /// </summary>
    public ValueForecast Forecast(CustomerSummary customer, DateOnly asOf, Horizon horizon) =>
        Forecast(customer, Clock.HistoryOf(customer, asOf), RepeatSpend.Of(customer, Kind), asOf, horizon);

    /// <summary>The same of a customer of the same origin with another history and spend.</summary>
    internal ValueForecast Forecast(
        CustomerSummary customer, PurchaseHistory history, (double Mean, int Count) spend, DateOnly asOf, Horizon horizon)
    {
        var (mean, count) = spend;
        mean = _spend is null && count == 0 ? MeanSpend : mean;
        var one = ForecasterOf(asOf, horizon, OnePopulation).Forecast(history, count, mean, [], []);
        if (FirstSeen is null)
        {
            return one;
        }

        var two = ForecasterOf(asOf, horizon, FirstSeen.GroupOf(customer)).Forecast(history, count, mean, [], []);
        return new ValueForecast(
            (one.ProbabilityAlive + two.ProbabilityAlive) / 2,
            (one.ExpectedOrders + two.ExpectedOrders) / 2,
            (one.DiscountedOrders + two.DiscountedOrders) / 2,
            (one.ProbabilityOfNoOrder + two.ProbabilityOfNoOrder) / 2,
            one.SpendPerOrder);
    }

    /// <summary>Writes P(0, 1, 2, ... purchases within a horizon) by the same mixture, and returns how many.</summary>
    public int WriteCounts(CustomerSummary customer, DateOnly asOf, Horizon horizon, Span<double> counts)
    {
        var (history, weeks) = (Clock.HistoryOf(customer, asOf), Weeks(asOf, horizon));
        var written = _lifetime.PurchaseProbabilities(history, weeks, counts);
        if (FirstSeen is null)
        {
            return written;
        }

        Span<double> two = new double[counts.Length];
        counts[written..].Clear();
        var model = FirstSeen.ModelOf(FirstSeen.GroupOf(customer));
        written = Math.Max(written, model.PurchaseProbabilities(history, weeks, two));
        for (var n = 0; n < written; n++)
        {
            counts[n] = (counts[n] + two[n]) / 2;
        }

        return written;
    }

    /// <summary>
    /// P(alive) of a buyer, by the same mixture. A visit is a sign of life: who was seen after the last purchase had not left by then, and
    /// the silence in which they may have begins there. Silence only lowers it.
    /// </summary>
    public double ProbabilityAlive(CustomerSummary customer, DateOnly asOf)
    {
        var history = Clock.HistoryOf(customer, asOf);
        var seen = customer.LastSeen > asOf ? asOf : customer.LastSeen;
        if (seen > customer.PurchaseDays[^1].Day)
        {
            history = history with { LastPurchase = Math.Min(history.Observed, Clock.Weeks(customer.PurchaseDays[0].Day, seen)) };
        }

        var one = _lifetime.ProbabilityAlive(history);
        return FirstSeen is null ? one : (one + FirstSeen.ModelOf(FirstSeen.GroupOf(customer)).ProbabilityAlive(history)) / 2;
    }

    /// <summary>
    /// Days until the next purchase comes with a probability, by the same mixture; null where it does not within ten years.
    /// </summary>
    public double? DaysToNext(CustomerSummary customer, DateOnly asOf, double probability)
    {
        var history = Clock.HistoryOf(customer, asOf);
        var two = FirstSeen?.ModelOf(FirstSeen.GroupOf(customer));
        if (Bought(MostWeeks) < probability)
        {
            return null;
        }

        var (low, high) = (0.0, MostWeeks);
        while (high - low > 1e-4)
        {
            var middle = (low + high) / 2;
            (low, high) = Bought(middle) < probability ? (middle, high) : (low, middle);
        }

        return Clock.Days(asOf, high);

        double Bought(double weeks)
        {
            Span<double> none = stackalloc double[2];
            _lifetime.PurchaseProbabilities(history, weeks, none[..1]);
            two?.PurchaseProbabilities(history, weeks, none[1..]);
            return two is null ? 1 - none[0] : 1 - ((none[0] + none[1]) / 2);
        }
    }

    private double Weeks(DateOnly asOf, Horizon horizon) => Clock.Weeks(asOf, asOf.AddDays(horizon.Days));

    private ValueForecaster ForecasterOf(DateOnly asOf, Horizon horizon, int group)
    {
        if (_forecasters.TryGetValue((asOf, horizon.Days, group), out var known))
        {
            return known;
        }

        if (_forecasters.Count >= MostForecasters)
        {
            _forecasters.Clear();
        }

        var lifetime = group == OnePopulation ? _lifetime : FirstSeen!.ModelOf(group);
        return _forecasters[(asOf, horizon.Days, group)] = new ValueForecaster(lifetime, _spend, Weeks(asOf, horizon), 0, paid: Paid);
    }
}
