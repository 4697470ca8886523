using ClvOrleans.Recommendations.Models;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Grains.Models;

/// <summary>A champion, opened.</summary>
/// <param name="Model">The model.</param>
/// <param name="Generation">Counts promotions in the store; 0 is the prior.</param>
/// <param name="Problem">Why it stands in for the model that was promoted last, in a sentence; null where it is that model.</param>
public sealed record ChampionModel(IValueModel Model, int Generation, string? Problem = null)
{
    /// <summary>Scores the words of reviews; null where its training learned nothing better than the most frequent rating.</summary>
    public ReviewScorer? Reviews { get; init; }

    /// <summary>Recommends products; null where its training saw none.</summary>
    public RecommendationModel? Recommendations { get; init; }
}
