using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>
/// Adam with decoupled weight decay (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter 2019, arXiv 1711.05101):
/// m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², θ ← θ - rate (m̂ / (√v̂ + ε) + decay θ), with β₁ = .9, β₂ = .999, ε = 10⁻⁸ and
/// m̂, v̂ corrected for their start at 0.
/// </summary>
internal sealed class Adam<T>(int parameters, T[] decay)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = .9;
    private const double Beta2 = .999;

    private readonly T[] means = new T[parameters];
    private readonly T[] squares = new T[parameters];
    private int steps;

    /// <summary>Moves the parameters by one step against the gradient; <paramref name="weightDecay"/> counts where the mask is 1.</summary>
    public void Step(Span<T> parameters, ReadOnlySpan<T> gradient, double rate, double weightDecay)
    {
        steps++;
        var (b1, b2) = (T.CreateTruncating(Beta1), T.CreateTruncating(Beta2));
        var (a1, a2) = (T.CreateTruncating(1 - Beta1), T.CreateTruncating(1 - Beta2));
        var move = T.CreateTruncating(rate / (1 - Math.Pow(Beta1, steps)));
        var correct = T.CreateTruncating(1 / (1 - Math.Pow(Beta2, steps)));
        var shrink = T.CreateTruncating(rate * weightDecay);
        var epsilon = T.CreateTruncating(1e-8);
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradient[i];
            var m = means[i] = (b1 * means[i]) + (a1 * g);
            var v = squares[i] = (b2 * squares[i]) + (a2 * g * g);
            parameters[i] -= (move * m / (T.Sqrt(v * correct) + epsilon)) + (shrink * decay[i] * parameters[i]);
        }
    }
}
