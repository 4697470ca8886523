namespace ClvOrleans.Recommendations.Models;

/// <summary>
/// How the parts of a score are mixed. A product that the customer has bought scores
/// <c>Repeat · (Personal · weight · baskets^Length · rate^Rate · due^Dueness + (1 − Personal) · neighbours)</c>, a new one
/// <c>(1 − Repeat) · (neighbours + Association · association + Popularity · popularity)</c>.
/// </summary>
/// <param name="Repeat">Weight of what was bought before against what is new, between 0 and 1.</param>
/// <param name="Personal">Weight of the customer's own purchases against those of the nearest customers.</param>
/// <param name="Length">
/// Power of the number of baskets: at 0 the weight of a product is its share of baskets, at 1 the number of baskets that held it.
/// </param>
/// <param name="Rate">Power of the product's repeat rate.</param>
/// <param name="Dueness">Power of how near the next purchase is; 0 where the replenishment interval says nothing.</param>
/// <param name="Association">Weight of products that go with recent ones.</param>
/// <param name="Popularity">Weight of the share of baskets that hold the product.</param>
public sealed record Blend(
    double Repeat, double Personal, double Length, double Rate, double Dueness, double Association, double Popularity)
{
    /// <summary>What is taken where a store has too few baskets to learn from.</summary>
    public static Blend Default { get; } = new(.5, .5, 1, 1, 0, .1, 1);

    /// <summary>Score of a product that was bought before.</summary>
    public float OfBought(float weight, int baskets, float rate, double dueness, float neighbours) => (float)(Repeat
        * ((Personal * weight * Power(baskets, Length) * Power(rate, Rate) * Power(dueness, Dueness)) + ((1 - Personal) * neighbours)));

    /// <summary>Score of a product that is new to the customer.</summary>
    public float OfNew(float neighbours, float association, float popularity) => (float)((1 - Repeat)
        * (neighbours + (Association * association) + (Popularity * popularity)));

    private static double Power(double value, double power) => power == 0 ? 1 : power == 1 ? value : Math.Pow(value, power);
}
