using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>What a buy-till-you-die model makes of the purchases: stacked on, not instead of, the others.</summary>
internal static class BuyTillYouDieFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("pAlive", "", Level, "Probability that the customer is still one", i => i.Forecast.ProbabilityAlive),
        Of("pBuy", "", Level, "Probability of a purchase within the horizon", i => 1 - i.Forecast.ProbabilityOfNoOrder),
        Of("expectedOrders", "", Tail, "Expected purchases within the horizon", i => i.Forecast.ExpectedOrders),
        Of("expectedSpend", "money", Tail, "Expected value of a purchase", i => i.Forecast.SpendPerOrder),
        Of("expectedValue", "money", Tail, "Expected value of the purchases within the horizon", i => i.Forecast.Value),
    ];

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.BuyTillYouDie, shape, meaning) { Read = read };
}
