using System.Collections.Immutable;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>What to recommend.</summary>
/// <param name="Mix">Of both kinds, mixed by the weight that was learned.</param>
/// <param name="Repeat">Products bought before.</param>
/// <param name="Explore">Products that are new to the customer.</param>
/// <param name="Categories">Categories, the one that most speaks for first.</param>
public sealed record RecommendationLists(
    ImmutableArray<Recommendation> Mix, ImmutableArray<Recommendation> Repeat, ImmutableArray<Recommendation> Explore,
    ImmutableArray<CategoryShare> Categories);
