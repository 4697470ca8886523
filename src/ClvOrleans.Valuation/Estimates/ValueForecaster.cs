using System.Collections.Immutable;
using System.Numerics.Tensors;
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
    private readonly SpendRange? _paid;

    /// <summary>Prepares.</summary>
    /// <param name="lifetime">Model of purchases and dropout.</param>
    /// <param name="spend">Model of their value; null takes every purchase to be worth the mean that is given with the customer.</param>
    /// <param name="horizon">How far to look ahead, in the lifetime model's unit of time, positive and finite.</param>
    /// <param name="discountRate">Continuous discount rate a unit of time, at least 0.</param>
    /// <param name="names">Names of the lifetime model's fitted parameters, in the order of their covariance.</param>
    /// <param name="covariance">Covariance of their logarithms, row by row, from the fit; empty leaves their uncertainty out.</param>
    /// <param name="spendCovariance">The same for ln p, ln q, ln v.</param>
    /// <param name="paid">
    /// What has been paid for a purchase: nobody is expected to pay less or more, but where their own mean is beyond it. Null for no
    /// bounds.
    /// </param>
    public ValueForecaster(
        ILifetimeModel lifetime,
        GammaGamma? spend,
        double horizon,
        double discountRate,
        ImmutableArray<string> names = default,
        ImmutableArray<double> covariance = default,
        ImmutableArray<double> spendCovariance = default,
        SpendRange? paid = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegative(discountRate);
        (_spend, _paid) = (spend, paid);
        _outlooks = ConditionalExpectations.Of(lifetime, horizon, discountRate);
        _steps = ParameterSteps.Of(
            lifetime, names, covariance, _outlooks, model => ConditionalExpectations.Of(model, horizon, discountRate));
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
        Span<double> room = stackalloc double[Room];
        var counts = room;
        var plain = Outlook(history, 0, ref counts);

        // The uncertainty of the parameters is of all customers together: it widens ranges and tells nothing of this one's odds.
        var none = counts[0];
        var variance = _steps?.Variance(history, plain.Orders) ?? 0;
        var outlook = variance > 0 ? Outlook(history, variance, ref counts) : plain;
        var perOrder = Bounded(paidRepeats, meanSpend);
        if (probabilities.Length > 0)
        {
            Complete(outlook, counts, paidRepeats, meanSpend, perOrder, probabilities, quantiles);
        }

        // Whoever buys is alive and buys at least once.
        var orders = Math.Max(outlook.Orders, 1 - none);
        var discounted = outlook.Orders > 0 ? outlook.Discounted * orders / outlook.Orders : outlook.Discounted;
        return new ValueForecast(Math.Max(outlook.Alive, 1 - none), orders, discounted, none, perOrder)
        {
            Variance = Variance(counts[..outlook.Counts], outlook.Discounted, perOrder, paidRepeats),
        };
    }

    // Room is made for a customer of hundreds of purchases within the horizon, or of thousands: the unit of time is the caller's.
    private PurchaseExpectation Outlook(in PurchaseHistory history, double variance, ref Span<double> counts)
    {
        var outlook = _outlooks.Of(history, variance, counts);
        while (outlook.Counts == counts.Length && counts.Length < MostRoom)
        {
            counts = new double[16 * counts.Length];
            outlook = _outlooks.Of(history, variance, counts);
        }

        if (outlook.Counts == counts.Length)
        {
            counts[^1] += Math.Max(0, 1 - TensorPrimitives.Sum<double>(counts));
        }

        return outlook;
    }

    private void Complete(
        PurchaseExpectation outlook,
        Span<double> counts,
        int paidRepeats,
        double meanSpend,
        double perOrder,
        ReadOnlySpan<double> probabilities,
        Span<double> quantiles)
    {
        counts = counts[..outlook.Counts];

        // The distribution of the undiscounted sum is scaled to the discounted mean.
        var mean = Moments(counts).Mean;
        var discount = mean > 0 ? outlook.Discounted / mean : 1;
        if (_spend is null)
        {
            for (var i = 0; i < probabilities.Length; i++)
            {
                quantiles[i] = CountQuantile(counts, probabilities[i]) * perOrder * discount;
            }

            return;
        }

        var b = (_spend.P * paidRepeats) + _spend.Q;
        var scale = (_spend.V + (paidRepeats * meanSpend)) * (perOrder / _spend.ExpectedSpend(paidRepeats, meanSpend));
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
    }

    private double Bounded(int paidRepeats, double meanSpend)
    {
        var perOrder = _spend?.ExpectedSpend(paidRepeats, meanSpend) ?? meanSpend;
        if (_paid is not { } range || _spend is null)
        {
            return perOrder;
        }

        var (least, most) = paidRepeats > 0 ? range.With(meanSpend) : range;
        return Math.Clamp(perOrder, least, most);
    }

    // Sums of n purchases over scale are beta-prime(p n, b), of mean p n / (b - 1) and mean square p n (p n + 1) / ((b - 1) (b - 2)), with
    // the spend that is expected of a purchase. Where b is near 2 it is that of b = 2.5: a variance without an end says nothing.
    private double Variance(ReadOnlySpan<double> counts, double discounted, double perOrder, int paidRepeats)
    {
        var (mean, square) = Moments(counts);
        var worth = mean > 0 ? perOrder * discounted / mean : 0;
        if (_spend is null)
        {
            return (square - (mean * mean)) * worth * worth;
        }

        var b = Math.Max(2.5, (_spend.P * paidRepeats) + _spend.Q);
        var sums = (square + (mean / _spend.P)) * (b - 1) / (b - 2);
        return Math.Max(0, (sums - (mean * mean)) * worth * worth);
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
