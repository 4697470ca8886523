using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Outputs;

/// <summary>
/// Zero-inflated lognormal (Wang, Liu and Miao 2019, "A Deep Probabilistic Model for Customer Lifetime Value Prediction", arXiv
/// 1912.07753). Logits (p, μ, s); σ = max(softplus(s), √ε) with Keras' ε = 10⁻⁷. A target is 0 with probability 1 - sigmoid(p), else
/// lognormal(μ, σ). Loss, the negative log-likelihood: softplus(p) for a target of 0, and for y &gt; 0
/// softplus(-p) + ln y + ln σ + ½ ln 2π + (ln y - μ)² / 2σ². Prediction: sigmoid(p) exp(μ + σ²/2).
/// </summary>
/// <param name="Ceiling">
/// Bound of exp(μ + σ²/2): a lognormal mean far outside the data overflows long before it says anything. <see cref="ScaledTo"/> takes the
/// largest target seen.
/// </param>
public sealed record ZeroInflatedLognormal<T>(T Ceiling) : IOutputLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewestBuyers = 10;

    private static readonly T SmallestSigma = T.CreateTruncating(Math.Sqrt(1e-7));
    private static readonly T Half = T.CreateTruncating(.5);
    private static readonly T HalfLogTau = T.CreateTruncating(.5 * Math.Log(Math.Tau));

    /// <summary>Without a bound, as published.</summary>
    public ZeroInflatedLognormal()
        : this(T.PositiveInfinity)
    {
    }

    /// <inheritdoc />
    public int Logits => 3;

    /// <summary>Negative targets are refused, fewer than ten above zero, and targets above zero that are all the same.</summary>
    public string? Refusal(ReadOnlySpan<T> targets)
    {
        var buyers = 0;
        var (least, most) = (T.PositiveInfinity, T.Zero);
        foreach (var target in targets)
        {
            if (target < T.Zero)
            {
                return $"a target is {target}, and a zero-inflated lognormal is not negative";
            }

            if (target > T.Zero)
            {
                buyers++;
                (least, most) = (T.Min(least, target), T.Max(most, target));
            }
        }

        return buyers < FewestBuyers ? $"only {buyers} targets are above zero, and at least {FewestBuyers} are needed"
            : least == most ? "all targets above zero are the same"
            : null;
    }

    /// <inheritdoc />
    public IOutputLayer<T> ScaledTo(ReadOnlySpan<T> targets)
    {
        var most = T.Zero;
        foreach (var target in targets)
        {
            most = T.Max(most, target);
        }

        return most > T.Zero ? new ZeroInflatedLognormal<T>(most) : this;
    }

    /// <inheritdoc />
    public void Constant(ReadOnlySpan<T> targets, Span<T> logits)
    {
        double buyers = 0, sum = 0, squares = 0;
        foreach (var target in targets)
        {
            if (target > T.Zero)
            {
                var log = Math.Log(double.CreateTruncating(target));
                buyers++;
                sum += log;
                squares += log * log;
            }
        }

        // Half a customer more on either side keeps the odds finite where all or none buy.
        logits[0] = T.CreateTruncating(Math.Log((buyers + .5) / (targets.Length - buyers + .5)));
        var mean = buyers > 0 ? sum / buyers : 0;
        var sigma = Math.Max(.1, buyers > 0 ? Math.Sqrt(Math.Max(0, (squares / buyers) - (mean * mean))) : 1);
        logits[1] = T.CreateTruncating(mean);
        logits[2] = T.CreateTruncating(sigma + Math.Log(-double.ExpM1(-sigma)));
    }

    /// <inheritdoc />
    public T Loss(ReadOnlySpan<T> logits, T target, Span<T> gradient)
    {
        var (p, mu, s) = (logits[0], logits[1], logits[2]);
        if (target <= T.Zero)
        {
            gradient[0] = Sigmoid(p);
            gradient[1] = gradient[2] = T.Zero;
            return Softplus(p);
        }

        var sigma = Sigma(s);
        var log = T.Log(target);
        var z = (log - mu) / sigma;
        gradient[0] = -Sigmoid(-p);
        gradient[1] = -z / sigma;
        gradient[2] = sigma > SmallestSigma ? (T.One - (z * z)) / sigma * Sigmoid(s) : T.Zero;
        return Softplus(-p) + log + T.Log(sigma) + HalfLogTau + (Half * z * z);
    }

    /// <inheritdoc />
    public T Predict(ReadOnlySpan<T> logits) => Sigmoid(logits[0]) * MeanOfBuyers(logits);

    /// <inheritdoc />
    public void Slope(ReadOnlySpan<T> logits, Span<T> gradient)
    {
        var (buys, sigma, mean) = (Sigmoid(logits[0]), Sigma(logits[2]), MeanOfBuyers(logits));
        gradient[0] = buys * Sigmoid(-logits[0]) * mean;
        gradient[1] = mean < Ceiling ? buys * mean : T.Zero;
        gradient[2] = mean < Ceiling && sigma > SmallestSigma ? buys * mean * sigma * Sigmoid(logits[2]) : T.Zero;
    }

    /// <summary>P(target &gt; 0), and μ and σ of its logarithm where it is.</summary>
    public (T Buys, T Mu, T Sigma) Distribution(ReadOnlySpan<T> logits) => (Sigmoid(logits[0]), logits[1], Sigma(logits[2]));

    private T MeanOfBuyers(ReadOnlySpan<T> logits)
    {
        var sigma = Sigma(logits[2]);
        return T.Min(T.Exp(logits[1] + (Half * sigma * sigma)), Ceiling);
    }

    private static T Sigma(T s) => T.Max(Softplus(s), SmallestSigma);

    private static T Softplus(T v) => T.Max(v, T.Zero) + T.LogP1(T.Exp(-T.Abs(v)));

    private static T Sigmoid(T v)
    {
        var e = T.Exp(-T.Abs(v));
        return (v >= T.Zero ? T.One : e) / (T.One + e);
    }
}
