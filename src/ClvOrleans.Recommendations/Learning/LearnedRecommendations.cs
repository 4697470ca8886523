using System.Collections.Immutable;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>What a training found.</summary>
/// <param name="Model">The model, of all baskets.</param>
/// <param name="ValidationCustomers">Customers whose last basket the blend was learned from.</param>
/// <param name="ValidationRecall">Their Recall@10 with it; optimistic, since the blend was chosen by it.</param>
/// <param name="Associations">Recall@10 of new products by each kind of association.</param>
/// <param name="Variants">How many blends and kinds of associations were looked at.</param>
/// <param name="Places">Of each customer, its place among the neighbours; -1 where it is not one of them.</param>
public sealed record LearnedRecommendations(
    RecommendationModel Model, int ValidationCustomers, double ValidationRecall, ImmutableArray<AssociationScore> Associations,
    int Variants, ImmutableArray<int> Places);
