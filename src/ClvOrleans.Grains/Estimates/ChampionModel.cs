using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Grains.Estimates;

/// <summary>A model in force.</summary>
/// <param name="Model">The model.</param>
/// <param name="Generation">Counts promotions in the store; 0 is the prior.</param>
public sealed record ChampionModel(IValueModel Model, int Generation);
