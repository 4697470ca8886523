using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// Purchases and their value over one horizon, prepared once and then asked for many customers: microseconds each, without allocation.
/// Pure and safe to call from many threads; the same question gives the same bits.
/// </summary>
/// <remarks>
/// The predictive distribution of the spend mixes the count of purchases with the beta-prime sums of Gamma-Gamma (Fader and Hardie 2013).
/// The uncertainty of the parameters widens it: that of the lifetime model as a more varied purchase rate, that of the spend model as fewer
/// purchases seen, both of unchanged mean and with the variance of the delta method.
/// </remarks>
public sealed class ValueForecaster
{
    private const int Room = 512;

    // Two million purchases: more than is ever expected (Estimate.GreatestOrders). What is beyond is counted as so many.
    private const int MostRoom = 1 << 21;
    private readonly IConditionalExpectations _outlooks;
    private readonly ParameterSteps? _steps;
    private readonly GammaGamma? _spend;
    private readonly SpendUncertainty? _spendUncertainty;

    /// <summary>Prepares.</summary>
    /// <param name="lifetime">Model of purchases and dropout.</param>
    /// <param name="spend">Model of their value; null takes every purchase to be worth the mean that is given with the customer.</param>
    /// <param name="horizon">How far to look ahead, in the lifetime model's unit of time, positive and finite.</param>
    /// <param name="discountRate">Continuous discount rate a unit of time, at least 0.</param>
    /// <param name="names">Names of the lifetime model's fitted parameters, in the order of their covariance.</param>
    /// <param name="covariance">Covariance of their logarithms, row by row, from the fit; empty leaves their uncertainty out.</param>
    /// <param name="spendCovariance">The same for ln p, ln q, ln v.</param>
    public ValueForecaster(
        ILifetimeModel lifetime,
        GammaGamma? spend,
        double horizon,
        double discountRate,
        ImmutableArray<string> names = default,
        ImmutableArray<double> covariance = default,
        ImmutableArray<double> spendCovariance = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegative(discountRate);
        _spend = spend;
        _outlooks = ConditionalExpectations.Of(lifetime, horizon, discountRate);
        _steps = ParameterSteps.Of(lifetime, names, covariance, _outlooks, model => ConditionalExpectations.Of(model, horizon, discountRate));
        _spendUncertainty = spend is null || spendCovariance.IsDefaultOrEmpty ? null : new SpendUncertainty(spend, spendCovariance);
    }

    /// <summary>The forecast of a customer, with quantiles of the discounted spend.</summary>
    /// <param name="history">Purchases.</param>
    /// <param name="paidRepeats">Number of repeat purchases of some value.</param>
    /// <param name="meanSpend">Their mean value; without a spend model, the value that every purchase is taken to have.</param>
    /// <param name="probabilities">Probabilities of the quantiles, each between 0 and 1.</param>
    /// <param name="quantiles">Where they are written; as many.</param>
    public ValueForecast Forecast(
        in PurchaseHistory history, int paidRepeats, double meanSpend, ReadOnlySpan<double> probabilities, Span<double> quantiles)
    {
        var variance = _steps?.Variance(history, _outlooks.Orders(history)) ?? 0;
        Span<double> room = stackalloc double[Room];
        var outlook = _outlooks.Of(history, variance, room);
        if (outlook.Counts < Room)
        {
            return Complete(outlook, room, paidRepeats, meanSpend, probabilities, quantiles);
        }

        // A customer of hundreds of purchases within the horizon, or of thousands: in another unit of time than days and weeks.
        var more = new double[16 * Room];
        for (outlook = _outlooks.Of(history, variance, more); outlook.Counts == more.Length && more.Length < MostRoom;)
        {
            more = new double[4 * more.Length];
            outlook = _outlooks.Of(history, variance, more);
        }

        if (outlook.Counts == more.Length)
        {
            more[^1] += Math.Max(0, 1 - more.Sum());
        }

        return Complete(outlook, more, paidRepeats, meanSpend, probabilities, quantiles);
    }

    private ValueForecast Complete(
        PurchaseExpectation outlook,
        Span<double> counts,
        int paidRepeats,
        double meanSpend,
        ReadOnlySpan<double> probabilities,
        Span<double> quantiles)
    {
        counts = counts[..outlook.Counts];
        var perOrder = _spend?.ExpectedSpend(paidRepeats, meanSpend) ?? meanSpend;

        // The distribution of the undiscounted sum is scaled to the discounted mean.
        var (mean, square) = Moments(counts);
        var discount = mean > 0 ? outlook.Discounted / mean : 1;
        var forecast = new ValueForecast(outlook.Alive, outlook.Orders, outlook.Discounted, counts[0], perOrder)
        {
            Variance = Variance(mean, square, paidRepeats, meanSpend) * discount * discount,
        };
        if (probabilities.Length == 0)
        {
            return forecast;
        }

        if (_spend is null)
        {
            for (var i = 0; i < probabilities.Length; i++)
            {
                quantiles[i] = CountQuantile(counts, probabilities[i]) * perOrder * discount;
            }

            return forecast;
        }

        var b = (_spend.P * paidRepeats) + _spend.Q;
        var scale = _spend.V + (paidRepeats * meanSpend);
        if (_spendUncertainty is { } uncertainty && b > 2.01)
        {
            var wide = 2 + (1 / ((1 / (b - 2)) + uncertainty.Variance(paidRepeats, meanSpend)));
            (b, scale) = (wide, scale * (wide - 1) / (b - 1));
        }

        Span<double> buffer = stackalloc double[3 * SpendMixture.Terms(counts.Length)];
        var mixture = new SpendMixture(counts, _spend.P, b, buffer);
        for (var i = 0; i < probabilities.Length; i++)
        {
            quantiles[i] = mixture.Quantile(probabilities[i]) * scale * discount;
        }

        return forecast;
    }

    // Var[S] = E[Var[S | n, rate of spend]] + Var[E]: sums of n purchases over scale are beta-prime(p n, b), of mean p n / (b - 1) and mean
    // square p n (p n + 1) / ((b - 1) (b - 2)). Where b is near 2 it is that of b = 2.5, as a variance without an end says nothing.
    private double Variance(double mean, double square, int paidRepeats, double meanSpend)
    {
        if (_spend is null)
        {
            return (square - (mean * mean)) * meanSpend * meanSpend;
        }

        var b = Math.Max(2.5, (_spend.P * paidRepeats) + _spend.Q);
        var once = _spend.ExpectedSpend(paidRepeats, meanSpend);
        var scale = once * (b - 1) / _spend.P;
        var sums = ((_spend.P * _spend.P * square) + (_spend.P * mean)) / ((b - 1) * (b - 2));
        return Math.Max(0, (scale * scale * sums) - (once * once * mean * mean));
    }

    private static (double Mean, double Square) Moments(ReadOnlySpan<double> counts)
    {
        var (mean, square) = (0.0, 0.0);
        for (var n = 1; n < counts.Length; n++)
        {
            var part = n * counts[n];
            (mean, square) = (mean + part, square + (n * part));
        }

        return (mean, square);
    }

    private static int CountQuantile(ReadOnlySpan<double> counts, double probability)
    {
        var (n, sum) = (0, counts[0]);
        while (sum < probability && n + 1 < counts.Length)
        {
            sum += counts[++n];
        }

        return n;
    }
}
