using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain;
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
    private readonly BoundedCache<(DateOnly AsOf, int Days, int Group), ValueForecaster> _forecasters = new(MostForecasters);
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
        var (mean, count) = Known(spend);
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

    /// <summary>
    /// What is expected of a buyer within the horizon if alive, by the same mixture given so: a forecast is P(alive) times it. Of who is
    /// alive the silence tells no model that makes features anything, so that it is asked as on a day of a purchase.
    /// </summary>
    public ValueForecast Living(CustomerSummary customer, DateOnly asOf, Horizon horizon)
    {
        var history = Clock.HistoryOf(customer, asOf);
        var (mean, count) = Known(RepeatSpend.Of(customer, Kind));
        var one = Of(OnePopulation);
        if (FirstSeen is null)
        {
            return one;
        }

        var group = FirstSeen.GroupOf(customer);
        var (two, share) = (Of(group), ShareOfFirst(FirstSeen.ModelOf(group), history));
        return new ValueForecast(
            1,
            (share * one.ExpectedOrders) + ((1 - share) * two.ExpectedOrders),
            (share * one.DiscountedOrders) + ((1 - share) * two.DiscountedOrders),
            (share * one.ProbabilityOfNoOrder) + ((1 - share) * two.ProbabilityOfNoOrder),
            one.SpendPerOrder);

        ValueForecast Of(int population)
        {
            var recent = history with { LastPurchase = history.Observed };
            var said = ForecasterOf(asOf, horizon, population).Forecast(recent, count, mean, [], []);
            var alive = said.ProbabilityAlive;
            return said with
            {
                ProbabilityAlive = 1,
                ExpectedOrders = said.ExpectedOrders / alive,
                DiscountedOrders = said.DiscountedOrders / alive,
                ProbabilityOfNoOrder = 1 - ((1 - said.ProbabilityOfNoOrder) / alive),
            };
        }
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
        return DaysTo(asOf, probability, weeks =>
            two is null ? Bought(_lifetime, history, weeks) : (Bought(_lifetime, history, weeks) + Bought(two, history, weeks)) / 2);
    }

    /// <summary>The same of the buyer if alive.</summary>
    public double? LivingDaysToNext(CustomerSummary customer, DateOnly asOf, double probability)
    {
        var history = Clock.HistoryOf(customer, asOf);
        var two = FirstSeen?.ModelOf(FirstSeen.GroupOf(customer));
        var (share, recent) = (two is null ? 1 : ShareOfFirst(two, history), history with { LastPurchase = history.Observed });
        return DaysTo(asOf, probability, weeks =>
            (share * If(_lifetime, weeks)) + (two is null ? 0 : (1 - share) * If(two, weeks)));

        double If(ILifetimeModel model, double weeks) => Bought(model, recent, weeks) / model.ProbabilityAlive(recent);
    }

    private double? DaysTo(DateOnly asOf, double probability, Func<double, double> bought)
    {
        if (bought(MostWeeks) < probability)
        {
            return null;
        }

        var (low, high) = (0.0, MostWeeks);
        while (high - low > 1e-4)
        {
            var middle = (low + high) / 2;
            (low, high) = bought(middle) < probability ? (middle, high) : (low, middle);
        }

        return Clock.Days(asOf, high);
    }

    private static double Bought(ILifetimeModel model, PurchaseHistory history, double weeks)
    {
        Span<double> none = stackalloc double[1];
        model.PurchaseProbabilities(history, weeks, none);
        return 1 - none[0];
    }

    // The probability that who is alive is of the one population.
    private double ShareOfFirst(ILifetimeModel two, PurchaseHistory history)
    {
        var (first, second) = (_lifetime.ProbabilityAlive(history), two.ProbabilityAlive(history));
        return first + second > 0 ? first / (first + second) : .5;
    }

    // The store's mean stands in for who has never bought again, where no model says what they spend.
    private (double Mean, int Count) Known((double Mean, int Count) spend) =>
        _spend is null && spend.Count == 0 ? (MeanSpend, 0) : spend;

    private double Weeks(DateOnly asOf, Horizon horizon) => Clock.Weeks(asOf, asOf.AddDays(horizon.Days));

    private ValueForecaster ForecasterOf(DateOnly asOf, Horizon horizon, int group)
    {
        if (_forecasters.TryGet((asOf, horizon.Days, group), out var known))
        {
            return known;
        }

        var lifetime = group == OnePopulation ? _lifetime : FirstSeen!.ModelOf(group);
        return _forecasters.Add(
            (asOf, horizon.Days, group), new ValueForecaster(lifetime, _spend, Weeks(asOf, horizon), 0, paid: Paid));
    }
}
