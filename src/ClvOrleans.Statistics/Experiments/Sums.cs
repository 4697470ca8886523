namespace ClvOrleans.Statistics.Experiments;

/// <summary>Sums of squares about the mean, from plain sums.</summary>
internal static class Sums
{
    private const double Rounding = 1e-9;

    /// <summary>
    /// A sum of squares that rounding alone made negative is 0; one that is negative in earnest stays so, and is refused.
    /// </summary>
    public static double Spread(double squares, double sumOfSquares) =>
        squares < 0 && squares > -Rounding * sumOfSquares ? 0 : squares;
}
