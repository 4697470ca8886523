using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Grains.Trainings;

/// <summary>A predicted sum beside the one that came.</summary>
/// <param name="Expected">What was predicted.</param>
/// <param name="Actual">What came.</param>
/// <param name="Low">Lower end of the 95 % interval of what came.</param>
/// <param name="High">Upper end.</param>
/// <param name="Ratio">Actual / expected; null where nothing was expected.</param>
/// <param name="LogRatio">ln(actual / expected); null where either is nothing.</param>
/// <param name="IsOff">Whether it is off by more than a fifth, and the expected sum is outside the interval.</param>
public sealed record PredictedLevel(double Expected, double Actual, double Low, double High, double? Ratio, double? LogRatio, bool IsOff)
{
    /// <param name="level">In units of its own.</param>
    /// <param name="unit">How many of these units are one of the answer.</param>
    public static PredictedLevel Of(Level level, double unit) => new(
        Math.Round(level.Expected / unit, 2), Math.Round(level.Actual / unit, 2), Math.Round(level.Low / unit, 2),
        Math.Round(level.High / unit, 2), level.Ratio, level.LogRatio, level.IsOff);
}
