using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// That the buy-till-you-die model beneath is wrong of a customer whom it calls gone: of so many of them it knows nothing, and they are as
/// alive as on the day of their last purchase. A regular buyer's P(alive) falls to nothing within months, but some come back.
/// </summary>
/// <param name="Share">ε, 0 to 1: the share of those who are gone by the model and are not.</param>
public sealed record Doubt(double Share)
{
    /// <summary>P(alive) with the doubt in it: never higher after more silence, as that of the model is not.</summary>
    public double Alive(double probability) => probability + ((1 - probability) * Share);

    /// <summary>What is expected with the doubt in it.</summary>
    /// <param name="said">What the model expects of a customer.</param>
    /// <param name="living">What it expects of the same customer if alive.</param>
    public ValueForecast Of(ValueForecast said, ValueForecast living)
    {
        var alive = Alive(said.ProbabilityAlive);
        return living with
        {
            ProbabilityAlive = alive,
            ExpectedOrders = alive * living.ExpectedOrders,
            DiscountedOrders = alive * living.DiscountedOrders,
            ProbabilityOfNoOrder = 1 - (alive * (1 - living.ProbabilityOfNoOrder)),
        };
    }
}
