namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Prepares lifetime models.</summary>
internal static class Outlooks
{
    /// <summary>Probabilities below this are not worth a term of the sum over counts.</summary>
    public const double Rest = 1e-9;

    /// <summary>The fastest outlooks that a model has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="horizon">How far to look ahead, finite.</param>
    /// <param name="rate">Continuous discount rate a unit of time.</param>
    public static IOutlooks Of(ILifetimeModel model, double horizon, double rate) => model switch
    {
        ParetoNbd pareto => new ParetoOutlooks(pareto, horizon, rate),
        BetaGeometricNbd { K: 1 } geometric => new BetaGeometricOutlooks(geometric, horizon, rate),
        BetaGeometricNbd regular => new RegularOutlooks(regular, horizon, rate),
        _ => new PlainOutlooks(model, horizon, rate),
    };
}
