namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Prepares lifetime models.</summary>
internal static class ConditionalExpectations
{
    /// <summary>Probabilities below this are not worth a term of the sum over counts.</summary>
    public const double Rest = 1e-9;

    /// <summary>The fastest outlooks that a model has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="horizon">How far to look ahead, finite.</param>
    /// <param name="rate">Continuous discount rate a unit of time.</param>
    public static IConditionalExpectations Of(ILifetimeModel model, double horizon, double rate) => model switch
    {
        ParetoNbd pareto => new ParetoExpectations(pareto, horizon, rate),
        BetaGeometricNbd { K: 1 } geometric => new BetaGeometricExpectations(geometric, horizon, rate),
        BetaGeometricNbd regular => new RegularExpectations(regular, horizon, rate),
        _ => new PlainExpectations(model, horizon, rate),
    };
}
