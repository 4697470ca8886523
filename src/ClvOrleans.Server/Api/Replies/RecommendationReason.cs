using ClvOrleans.Recommendations.Ranking;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>Why a product is recommended.</summary>
/// <param name="Kind">Due, BoughtBefore, GoesWith, BoughtByAlike, Popular, Premium or Promoted.</param>
/// <param name="Text">The reason in English, to show to people.</param>
/// <param name="Product">The other product of GoesWith; null otherwise.</param>
/// <param name="Times">Of a product bought before, on how many of the days that are kept; null otherwise.</param>
/// <param name="DaysAgo">Days since it was last bought; null where it was not.</param>
/// <param name="Interval">Of Due, days from one purchase to the next that are expected; null otherwise.</param>
internal sealed record RecommendationReason(ReasonKind Kind, string Text, string? Product, int? Times, int? DaysAgo, int? Interval)
{
    public static RecommendationReason Of(Reason r) => new(r.Kind, r.Text, r.Product, r.Times, r.DaysAgo, r.Interval);
}
