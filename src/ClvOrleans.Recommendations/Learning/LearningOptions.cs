using System.Collections.Immutable;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>How recommendations are learned.</summary>
public sealed record LearningOptions
{
    /// <summary>How baskets are weighed. Default as published for Ta-Feng.</summary>
    public GroupedDecay Decay { get; init; } = new();

    /// <summary>Values of λ of EASE to compare; none to leave EASE out. Default 200.</summary>
    public ImmutableArray<double> Ridges { get; init; } = [200];

    /// <summary>Powers of popularity by which item-kNN is corrected, to compare. Default .3 and .5.</summary>
    public ImmutableArray<double> Corrections { get; init; } = [.3, .5];

    /// <summary>How many associations of each product are kept. Default 100.</summary>
    public int Associations { get; init; } = 100;

    /// <summary>The most customers whose last basket the blend is learned from. Default 5,000.</summary>
    public int MostValidation { get; init; } = 5_000;
}
