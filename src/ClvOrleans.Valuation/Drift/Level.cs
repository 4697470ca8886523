namespace ClvOrleans.Valuation.Drift;

/// <summary>A predicted sum beside the one that came.</summary>
/// <param name="Expected">Predicted sum.</param>
/// <param name="Actual">What came.</param>
/// <param name="Error">Standard error of what came: the root of the sum of the customers' squared differences.</param>
public sealed record Level(double Expected, double Actual, double Error)
{
    /// <summary>A level may be off by this share.</summary>
    public const double Tolerance = .20;

    private const double Width = 1.96; // 95 %, normal

    /// <summary>Actual / expected; null where nothing was expected.</summary>
    public double? Ratio => Expected > 0 ? Actual / Expected : null;

    /// <summary>ln(actual / expected), above 0 where too little was expected; null where either is nothing.</summary>
    public double? LogRatio => Expected > 0 && Actual > 0 ? Math.Log(Actual / Expected) : null;

    /// <summary>Lower end of the 95 % interval of what came, at least 0.</summary>
    public double Low => Math.Max(0, Actual - (Width * Error));

    /// <summary>Upper end of it.</summary>
    public double High => Actual + (Width * Error);

    /// <summary>Whether it is off by more than a fifth, and by more than chance explains.</summary>
    public bool IsOff => Math.Abs(Actual - Expected) > Tolerance * Expected && (Expected < Low || Expected > High);

    /// <summary>The sum of two groups of customers.</summary>
    public static Level operator +(Level a, Level b) =>
        new(a.Expected + b.Expected, a.Actual + b.Actual, Math.Sqrt((a.Error * a.Error) + (b.Error * b.Error)));
}
