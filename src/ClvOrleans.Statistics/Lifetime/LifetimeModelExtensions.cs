namespace ClvOrleans.Statistics.Lifetime;

/// <summary>What follows from the members of every lifetime model.</summary>
public static class LifetimeModelExtensions
{
    /// <summary>
    /// E[X(t)]: expected repeat purchases of a brand-new customer in the <paramref name="horizon"/> from the first purchase.
    /// </summary>
    public static double ExpectedPurchasesOfNewCustomer(this ILifetimeModel model, double horizon) =>
        model.ExpectedPurchases(new PurchaseHistory(0, 0, 0), horizon);

    /// <summary>
    /// P(n purchases in the next <paramref name="horizon"/> | history) for n = 0, 1, ... until the rest is below 10^-9 or there are
    /// <paramref name="limit"/>.
    /// </summary>
    public static double[] PurchaseProbabilities(this ILifetimeModel model, PurchaseHistory h, double horizon, int limit)
    {
        var probabilities = new double[limit];
        var written = model.PurchaseProbabilities(h, horizon, probabilities.AsSpan());
        return probabilities[..written];
    }

    /// <summary>
    /// The time within which the next purchase comes with a given probability, to 10^-5 of the unit; null where it does not within ten
    /// years of weeks, as for a customer who has probably left.
    /// </summary>
    public static double? TimeToNextPurchase(this ILifetimeModel model, PurchaseHistory h, double probability)
    {
        const double Longest = 520;
        if (Bought(Longest) < probability)
        {
            return null;
        }

        var (low, high) = (0.0, Longest);
        while (high - low > 1e-5)
        {
            var middle = (low + high) / 2;
            (low, high) = Bought(middle) < probability ? (middle, high) : (low, middle);
        }

        return high;

        double Bought(double within)
        {
            Span<double> none = stackalloc double[1];
            model.PurchaseProbabilities(h, within, none);
            return 1 - none[0];
        }
    }
}
