using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// Takes the shares of the buy-till-you-die model's expectations to what it reads, which people can check: how many days with a purchase,
/// since when, how long ago the last, and of what value. Each expectation's own Shapley values over these four, between the median customer
/// and this one, say in what proportion; the sum stays.
/// </summary>
internal static class PurchaseShares
{
    private static readonly int[] Inputs = [.. new[] { "purchaseDays", "tenure", "recency", "meanValue" }.Select(FeatureCatalogue.IndexOf)];

    private static readonly (int Column, Func<ValueForecast, double> Read)[] Expectations =
    [
        (FeatureCatalogue.IndexOf("pAlive"), f => f.ProbabilityAlive),
        (FeatureCatalogue.IndexOf("pBuy"), f => 1 - f.ProbabilityOfNoOrder),
        (FeatureCatalogue.IndexOf("expectedOrders"), f => f.ExpectedOrders),
        (FeatureCatalogue.IndexOf("expectedSpend"), f => f.SpendPerOrder),
        (FeatureCatalogue.IndexOf("expectedValue"), f => f.Value),
    ];

    /// <summary>Takes them there.</summary>
    /// <param name="maker">Makes the expectations.</param>
    /// <param name="customer">The buyer, as of the day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far the expectations look ahead.</param>
    /// <param name="median">Features of the median customer.</param>
    /// <param name="shares">A share for each of <see cref="LearnedInputs"/>; those of the expectations are 0 afterwards.</param>
    public static void Unfold(
        FeatureMaker maker, CustomerSummary customer, DateOnly asOf, Horizon horizon, ReadOnlySpan<double> median, Span<double> shares)
    {
        var (mean, count) = RepeatSpend.Of(customer, maker.Kind);
        var (first, last) = (customer.PurchaseDays[0].Day, customer.PurchaseDays[^1].Day);
        var own =
            (Repeats: customer.PurchaseDays.Length - 1, Span: last.DayNumber - first.DayNumber, Silence: asOf.DayNumber - last.DayNumber);
        var silence = Days(median[Inputs[2]]);
        var other =
            (Repeats: Math.Max(0, Days(median[Inputs[0]]) - 1), Span: Math.Max(0, Days(median[Inputs[1]]) - silence), Silence: silence);
        var forecasts = new ValueForecast[1 << Inputs.Length];
        for (var set = 0; set < forecasts.Length; set++)
        {
            var repeats = Has(set, 0) ? own.Repeats : other.Repeats;
            var closed = asOf.AddDays(-(Has(set, 2) ? own.Silence : other.Silence));
            var opened = repeats == 0 ? closed : closed.AddDays(-(Has(set, 1) ? own.Span : other.Span));
            forecasts[set] = maker.Forecast(
                customer, maker.Clock.HistoryOf(repeats, opened, closed, asOf), Has(set, 3) ? (mean, count) : (0, 0), asOf, horizon);
        }

        foreach (var (column, read) in Expectations)
        {
            var parts = ShapleyValues.Of(Inputs.Length, set => read(forecasts[set]));
            if (parts.All(p => p == 0))
            {
                // The median of the expectations is not quite that of the median customer: where nothing else tells them apart.
                Array.Fill(parts, 1);
            }

            Propagation.Rescale(parts, shares[column], 0);
            shares[column] = 0;
            for (var k = 0; k < parts.Length; k++)
            {
                shares[Inputs[k]] += parts[k];
            }
        }
    }

    private static bool Has(int set, int input) => (set & (1 << input)) != 0;

    private static int Days(double median) => double.IsFinite(median) ? (int)Math.Round(median) : 0;
}
