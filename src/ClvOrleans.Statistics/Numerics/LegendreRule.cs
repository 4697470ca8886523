using MathNet.Numerics.Integration;

namespace ClvOrleans.Statistics.Numerics;

/// <summary>A Gauss-Legendre rule on [0, 1].</summary>
internal sealed class LegendreRule
{
    private static readonly LegendreRule Eight = new(8);
    private static readonly LegendreRule Twelve = new(12);
    private static readonly LegendreRule Sixteen = new(16);
    private static readonly LegendreRule TwentyFour = new(24);

    private LegendreRule(int nodes)
    {
        var rule = new GaussLegendreRule(0, 1, nodes);
        (At, Weight) = (rule.Abscissas, rule.Weights);
    }

    /// <summary>48 nodes, for what is computed once.</summary>
    public static LegendreRule Fine { get; } = new(48);

    /// <summary>8 nodes.</summary>
    public static LegendreRule Short => Eight;

    /// <summary>16 nodes.</summary>
    public static LegendreRule Medium => Sixteen;

    /// <summary>Abscissas.</summary>
    public double[] At { get; }

    /// <summary>Weights, of sum 1.</summary>
    public double[] Weight { get; }

    /// <summary>
    /// The rule for an integrand that is analytic within π of the real axis over <paramref name="range"/> and falls by
    /// e^-<paramref name="fall"/> along it: 2n nodes' polynomial must hold e^(-fall ξ / 2).
    /// </summary>
    public static LegendreRule For(double range, double fall) => (range, fall) switch
    {
        ( < 1.8, < 4) => Eight,
        ( < 3, < 10) => Twelve,
        ( < 5, < 22) => Sixteen,
        _ => TwentyFour,
    };
}
