namespace ClvOrleans.Valuation.Market;

/// <summary>ln L of one customer on a market clock, but for the factors of the days of purchase.</summary>
internal interface IMarketLogLikelihood
{
    /// <summary>
    /// ln L; its derivatives by the four parameters are written to <paramref name="gradient"/>, followed by those by the three effects.
    /// </summary>
    double Gradient(ReadOnlySpan<double> parameters, MarketClock clock, int repeats, int first, int last, int end, Span<double> gradient);
}
