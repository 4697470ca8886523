namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// When P(alive) of a silent customer has fallen to a probability, where there is no closed form: it never rises in silence.
/// </summary>
internal static class Silence
{
    private const double Never = 1e15;

    /// <summary>A history and a probability for which there is an answer.</summary>
    public static void Check(PurchaseHistory h, double probability)
    {
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "It must be above 0 and below 1.");
        }

        if (!(h with { Observed = h.LastPurchase }).IsPossible)
        {
            throw new ArgumentException(
                "The history needs a number of repeat purchases and a last purchase, finite and at least 0.", nameof(h));
        }
    }

    /// <summary>T*, to the last digits; infinite beyond 10^15 units.</summary>
    public static double TimeUntil(PurchaseHistory h, double probability, Func<PurchaseHistory, double> alive)
    {
        if (At(h.LastPurchase) <= probability)
        {
            return h.LastPurchase;
        }

        var (low, high) = (0.0, 1.0);
        while (At(h.LastPurchase + high) > probability)
        {
            (low, high) = (high, 2 * high);
            if (high > Never)
            {
                return double.PositiveInfinity;
            }
        }

        for (var middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2)
        {
            (low, high) = At(h.LastPurchase + middle) > probability ? (middle, high) : (low, middle);
        }

        return h.LastPurchase + high;

        double At(double observed) => alive(h with { Observed = observed });
    }
}
