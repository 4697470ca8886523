using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>
/// Pareto/NBD with covariates that change over time (Bachmann, Meierer and Näf 2021, "The Role of Time-Varying Contextual Factors in Latent
/// Attrition Models"; Fader and Hardie, note 040): at a time of covariates z a customer buys e^(γ·z) times as often and leaves e^(δ·z)
/// times as fast. Effects of zero give the baseline to the bit.
/// </summary>
/// <param name="Baseline">The model of a customer whose covariates are all 0.</param>
/// <param name="Names">Names of the covariates.</param>
/// <param name="OnPurchases">γ, in the order of the names.</param>
/// <param name="OnDropout">δ, in the order of the names.</param>
public sealed record DynamicCovariateModel(
    ParetoNbd Baseline, ImmutableArray<string> Names, ImmutableArray<double> OnPurchases, ImmutableArray<double> OnDropout)
{
    private bool IsStatic => OnPurchases.All(e => e == 0) && OnDropout.All(e => e == 0);

    /// <summary>ln L of a customer.</summary>
    /// <exception cref="ArgumentException">The history is wrong; the message says how.</exception>
    public double LogLikelihood(DynamicHistory h)
    {
        Check(h);
        return IsStatic ? Baseline.LogLikelihood(h.Static) : new DynamicLogLikelihood(Names.Length).Of(Parameters(), h, []).Log;
    }

    /// <summary>P(alive) at the end of observation, 0 to 1.</summary>
    /// <inheritdoc cref="LogLikelihood" />
    public double ProbabilityAlive(DynamicHistory h)
    {
        Check(h);
        return IsStatic ? Baseline.ProbabilityAlive(h.Static) : new DynamicLogLikelihood(Names.Length).Of(Parameters(), h, []).Alive;
    }

    /// <summary>Expected purchases in the next <paramref name="horizon"/>, with the covariates that the history foresees.</summary>
    /// <inheritdoc cref="LogLikelihood" />
    public double ExpectedPurchases(DynamicHistory h, double horizon)
    {
        Check(h);
        return IsStatic ? Baseline.ExpectedPurchases(h.Static, horizon) : Ahead(h, horizon, 0);
    }

    /// <summary>The same, each discounted by e^(-rate × time until it); for ever where the horizon is infinite.</summary>
    /// <inheritdoc cref="LogLikelihood" />
    public double DiscountedPurchases(DynamicHistory h, double horizon, double rate)
    {
        Check(h);
        return IsStatic ? Baseline.DiscountedPurchases(h.Static, horizon, rate) : Ahead(h, horizon, rate);
    }

    // Step by step, on which the rate has a factor f and the clock of dropout runs g times as fast.
    private double Ahead(DynamicHistory h, double horizon, double rate)
    {
        var (purchases, dropout) = Clocks(h);
        var (left, start, sum) = (Baseline.Beta + dropout, 0.0, 0.0);
        var survives = 1.0;
        for (var step = h.StepAt(double.BitIncrement(h.Observed)); start < horizon; step++)
        {
            var end = step + 1 < h.Steps.Length ? Math.Min(horizon, h.Steps[step + 1].From - h.Observed) : horizon;
            var (f, g) = Factors(h.Steps[step]);
            var scale = left / g;
            sum += f * survives * Math.Exp(-rate * start)
                * Discounting.OfRate(u => Math.Pow(scale / (scale + u), Baseline.S), scale, end - start, rate);
            if (double.IsInfinity(end))
            {
                break;
            }

            survives *= Math.Pow(scale / (scale + end - start), Baseline.S);
            left += g * (end - start);
            start = end;
        }

        return ProbabilityAlive(h) * (Baseline.R + h.Repeats.Length) / (Baseline.Alpha + purchases) * sum;
    }

    // Both clocks at the end of observation.
    private (double Purchases, double Dropout) Clocks(DynamicHistory h)
    {
        var (purchases, dropout) = (0.0, 0.0);
        for (var (step, start) = (h.StepAt(double.Epsilon), 0.0); start < h.Observed; step++)
        {
            var end = step + 1 < h.Steps.Length ? Math.Min(h.Observed, h.Steps[step + 1].From) : h.Observed;
            var (f, g) = Factors(h.Steps[step]);
            purchases += f * (end - start);
            dropout += g * (end - start);
            start = end;
        }

        return (purchases, dropout);
    }

    private (double Purchases, double Dropout) Factors(CovariateStep step) =>
        (Math.Exp(Dot(OnPurchases, step.Values)), Math.Exp(Dot(OnDropout, step.Values)));

    private double[] Parameters() => [Baseline.R, Baseline.Alpha, Baseline.S, Baseline.Beta, .. OnPurchases, .. OnDropout];

    private void Check(DynamicHistory h)
    {
        if (h.Fault(Names.Length) is { } fault)
        {
            throw new ArgumentException($"The history is wrong: {fault}.", nameof(h));
        }
    }

    private static double Dot(ImmutableArray<double> effects, ImmutableArray<double> values)
    {
        var sum = 0.0;
        for (var i = 0; i < effects.Length; i++)
        {
            sum += effects[i] * values[i];
        }

        return sum;
    }
}
