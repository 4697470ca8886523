namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Any model as it is. The uncertainty of its parameters is not in the counts.</summary>
internal sealed class PlainExpectations(ILifetimeModel model, double horizon, double rate) : IConditionalExpectations
{
    /// <inheritdoc />
    public double Orders(in PurchaseHistory h) => model.ExpectedPurchases(h, horizon);

    /// <inheritdoc />
    public PurchaseExpectation Of(in PurchaseHistory h, double variance, Span<double> counts) => new(
        model.ProbabilityAlive(h),
        model.ExpectedPurchases(h, horizon),
        model.DiscountedPurchases(h, horizon, rate),
        model.PurchaseProbabilities(h, horizon, counts));
}
