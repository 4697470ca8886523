namespace ClvOrleans.Contracts.Experiments;

/// <summary>
/// Measures what came of a store's exposures and decisions, one for each store: what was decided becomes exposures, windows that are over
/// get their outcomes, and the expected effects of policies are updated by their holdouts.
/// </summary>
[Alias("clv.outcomes")]
public interface IOutcomeGrain : IGrainWithStringKey
{
    /// <summary>Looks for something to do, and returns before it is done.</summary>
    [Alias("watch")]
    Task WatchAsync();

    /// <summary>Does what is to be done now, and returns when it is done.</summary>
    [Alias("measure")]
    Task MeasureAsync();
}
