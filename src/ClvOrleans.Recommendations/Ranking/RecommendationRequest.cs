using ClvOrleans.Recommendations.Baskets;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>What is to be recommended, to whom and when.</summary>
public sealed record RecommendationRequest
{
    /// <summary>The most products that are asked for at once.</summary>
    public const int MostCount = 100;

    /// <summary>What the customer bought; empty for a visitor.</summary>
    public required BasketHistory Baskets { get; init; }

    /// <summary>What the customer or visitor was lately interested in.</summary>
    public required RecentItems Recent { get; init; }

    /// <summary>The local day of the answer.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What can be sold.</summary>
    public required Shelf Shelf { get; init; }

    /// <summary>Which prices are put forward. Default any.</summary>
    public PriceAppeal Appeal { get; init; }

    /// <summary>How many products, 1 to <see cref="MostCount"/>. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Days for which a product counts as just bought. Default 7.</summary>
    public int JustBoughtDays { get; init; } = 7;
}
