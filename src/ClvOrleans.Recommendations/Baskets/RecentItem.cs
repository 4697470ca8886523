namespace ClvOrleans.Recommendations.Baskets;

/// <summary>A product that a visitor or customer was lately interested in.</summary>
/// <param name="Product">The product.</param>
/// <param name="At">When, in seconds since 1970.</param>
/// <param name="Interest">What was done then.</param>
public readonly record struct RecentItem(string Product, long At, Interest Interest);
