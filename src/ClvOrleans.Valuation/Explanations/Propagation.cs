namespace ClvOrleans.Valuation.Explanations;

/// <summary>
/// Takes shares of a part through what the whole makes of it, so that a value composed of several models is explained by the explanations
/// of each (Chen, Lundberg and Lee 2022, "Explaining a series of models by propagating Shapley values", G-DeepSHAP, its rescale rule).
/// </summary>
public static class Propagation
{
    // Shares that cancel to less than this of their size: the quotient of the changes would be one of rounding errors.
    private const double Cancels = 1e-9;

    /// <summary>
    /// Turns shares of the change of x into shares of the change of f(x), by the factor Δf / Δx. Where the shares cancel, the factor is f'
    /// and what then misses is shared out in proportion to size. Shares of 0 stay 0; the others add up to Δf but for rounding.
    /// </summary>
    /// <param name="shares">Shares of Δx, which is their sum; afterwards of Δf.</param>
    /// <param name="change">Δf, 0 where all shares are 0.</param>
    /// <param name="slope">f' at x; read only where the shares cancel.</param>
    /// <exception cref="ArgumentException">All shares are 0, and yet f changes.</exception>
    public static void Rescale(Span<double> shares, double change, double slope)
    {
        var (sum, size) = (0.0, 0.0);
        foreach (var share in shares)
        {
            sum += share;
            size += Math.Abs(share);
        }

        if (size == 0)
        {
            if (change != 0)
            {
                throw new ArgumentException($"A change of {change} has no shares to go by.", nameof(shares));
            }

            return;
        }

        var cancels = Math.Abs(sum) <= Cancels * size;
        var factor = cancels ? slope : change / sum;
        var missing = cancels ? (change - (slope * sum)) / size : 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = (shares[i] * factor) + (Math.Abs(shares[i]) * missing);
        }
    }

    /// <summary>
    /// The Shapley values of the two factors of a product: each one's change times the mean of the other. They add up to its change.
    /// </summary>
    /// <param name="a">One factor, from and to.</param>
    /// <param name="b">The other, from and to.</param>
    public static (double A, double B) OfProduct((double From, double To) a, (double From, double To) b) =>
        ((a.To - a.From) * (b.From + b.To) / 2, (b.To - b.From) * (a.From + a.To) / 2);
}
