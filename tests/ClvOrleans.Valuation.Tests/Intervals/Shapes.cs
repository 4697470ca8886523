using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Valuation.Tests.Intervals;

/// <summary>Shapes whose ratios are lognormal of mean 1, so that what they should give can be drawn without them.</summary>
internal static class Shapes
{
    public const double Sigma = .8;

    /// <summary>One group for all, which comes as predicted.</summary>
    public static ValueShape Lognormal { get; } = new([GroupOf(0, 0, 1, Sigma)], 4, 365);

    public static ShapeGroup GroupOf(int leastRepeats, double leastNone, double hazard, double sigma) => new(
        leastRepeats, leastNone, hazard, [.. Enumerable.Range(0, ShapeGroup.Knots).Select(k => (sigma * Score(k)) - (sigma * sigma / 2))],
        Math.Exp(sigma * sigma), 1_000);

    private static double Score(int knot) => (knot * ShapeGroup.Step) - ShapeGroup.Outermost;
}
