namespace ClvOrleans.Recommendations.Learning;

/// <summary>A product that may be recommended to a customer of the validation part, with the parts of its score.</summary>
/// <param name="IsNext">Whether the next basket holds it.</param>
/// <param name="IsBought">Whether an earlier basket holds it.</param>
/// <param name="Weight">The customer's own weight of it.</param>
/// <param name="Rate">Its repeat rate.</param>
/// <param name="Dueness">How near its next purchase is.</param>
/// <param name="Neighbours">Its mean weight among the nearest customers.</param>
/// <param name="Association">How well it goes with recent products.</param>
/// <param name="Popularity">The share of baskets that hold it.</param>
internal readonly record struct Candidate(
    bool IsNext, bool IsBought, float Weight, float Rate, float Dueness, float Neighbours, float Association, float Popularity);
