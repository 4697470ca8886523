using MathNet.Numerics.Distributions;

namespace ClvOrleans.Simulation;

/// <summary>
/// How the simulated store's customers buy: Pareto/NBD (Schmittlein, Morrison and Colombo 1987) with Gamma-Gamma spend (Fader and
/// Hardie 2013), in weeks and major units of money. A customer's purchases are Poisson with their own rate λ times the market of the
/// day until they drop out, which they do with their own rate μ, unseen.
/// </summary>
public sealed record StoreProcess
{
    /// <summary>r: shape of the purchase rates λ ~ gamma(r, α). Default .8.</summary>
    public double R { get; init; } = .8;

    /// <summary>α: rate of the purchase rates, in weeks. Default 8: a mean of one purchase in ten weeks of an ordinary market.</summary>
    public double Alpha { get; init; } = 8;

    /// <summary>s: shape of the dropout rates μ ~ gamma(s, β). Default .6.</summary>
    public double S { get; init; } = .6;

    /// <summary>β: rate of the dropout rates, in weeks. Default 20: 44 % of the customers are still there after a year.</summary>
    public double Beta { get; init; } = 20;

    /// <summary>p: shape of an order's value ~ gamma(p, ν) within a customer. Default 6.</summary>
    public double P { get; init; } = 6;

    /// <summary>q: shape of ν ~ gamma(q, v) between customers. Default 4.</summary>
    public double Q { get; init; } = 4;

    /// <summary>v: rate of ν, in money. Default 27: a mean order of p v / (q - 1) = 54.</summary>
    public double V { get; init; } = 27;

    /// <summary>How much a season of strength 1 adds to the rates. Default 1: they double.</summary>
    public double SeasonLift { get; init; } = 1;

    /// <summary>How much a promotion adds to the rates by its depth. Default 3: 20 % off add 60 %.</summary>
    public double PromotionLift { get; init; } = 3;

    /// <summary>What part of the rates a competitor of strength 1 takes. Default .4.</summary>
    public double CompetitorPull { get; init; } = .4;

    /// <summary>P(still there) this many weeks after the first purchase: (β / (β + t))^s.</summary>
    public double ProbabilityAlive(double weeks) => Math.Pow(Beta / (Beta + weeks), S);

    internal double DrawRate(Random random) => Gamma.Sample(random, R, Alpha);

    internal double DrawDropoutRate(Random random) => Gamma.Sample(random, S, Beta);

    internal double DrawSpendRate(Random random) => Gamma.Sample(random, Q, V);
}
