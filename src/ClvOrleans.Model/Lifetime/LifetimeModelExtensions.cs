namespace ClvOrleans.Model.Lifetime;

/// <summary>What follows from the members of every lifetime model.</summary>
public static class LifetimeModelExtensions
{
    /// <summary>E[X(t)]: expected repeat purchases of a brand-new customer in the <paramref name="horizon"/> from the first purchase.</summary>
    public static double ExpectedPurchasesOfNewCustomer(this ILifetimeModel model, double horizon) =>
        model.ExpectedPurchases(new PurchaseHistory(0, 0, 0), horizon);

    /// <summary>P(n purchases in the next <paramref name="horizon"/> | history) for n = 0, 1, ... until the rest is below 10^-9 or there are <paramref name="limit"/>.</summary>
    public static double[] PurchaseProbabilities(this ILifetimeModel model, PurchaseHistory h, double horizon, int limit)
    {
        var probabilities = new double[limit];
        var written = model.PurchaseProbabilities(h, horizon, probabilities.AsSpan());
        return probabilities[..written];
    }
}
