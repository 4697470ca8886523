using System.Collections.Immutable;
using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// What the engine needs to know of the families. Starts are moderate shapes with the data's own rate; priors are centred on CDNOW in weeks
/// (Fader, Hardie and Lee 2005; Fader and Hardie 2005; MBG as in lifetimes' tests).
/// </summary>
internal static class LifetimeFamilies
{
    /// <summary>Centre of the prior of Pareto/NBD: r, α, s, β.</summary>
    public static ImmutableArray<double> ParetoPrior { get; } = [.55315, 10.57633, .60625, 11.67150];

    /// <summary>Pareto/NBD.</summary>
    public static Family Pareto(PurchaseHistories h) => new(
        new ParetoLogLikelihood(),
        ["r", "alpha", "s", "beta"],
        ParetoPrior,
        [.. Shapes.Select(r => new[] { r, r / h.Rate, .7, h.MeanObserved / 2 })]);

    /// <summary>
    /// Gamma-Gompertz/NBD: the centre is Pareto/NBD's with a hazard that grows by 1 % a week, and so β = b times Pareto's.
    /// </summary>
    public static Family Gompertz(PurchaseHistories h) => new(
        new GompertzLogLikelihood(),
        ["r", "alpha", "s", "beta", "b"],
        [.55315, 10.57633, .60625, .1167150, .01],
        [.. Shapes.Select(r => new[] { r, r / h.Rate, .7, .5, 1 / h.MeanObserved })]);

    /// <summary>BG/NBD and its kin.</summary>
    public static Family BetaGeometric(PurchaseHistories h, int k, bool dropsAtFirst) => new(
        new BetaGeometricLogLikelihood(k, dropsAtFirst),
        ["r", "alpha", "a", "b"],
        dropsAtFirst ? [.525, 6.183, .891, 1.614] : [.2425945, 4.4136019, .7929199, 2.4258881],
        [.. Shapes.Select(r => new[] { r, r / (k * h.Rate), .8, 2.5 })]);

    private static double[] Shapes => [.4, 2];
}
