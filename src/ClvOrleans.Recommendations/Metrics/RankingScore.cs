namespace ClvOrleans.Recommendations.Metrics;

/// <summary>
/// How good lists of recommendations were over customers. A customer counts once, whatever the size of the basket; the sums are made of
/// sorted numbers, so that the order of customers changes no bit.
/// </summary>
/// <param name="Customers">Customers judged.</param>
/// <param name="Recall">Mean share of the next basket that was recommended.</param>
/// <param name="Ndcg">Mean normalised discounted cumulative gain; the ideal list has the whole basket first, as far as it fits.</param>
/// <param name="HitRate">Share of customers with at least one hit.</param>
/// <param name="RepeatRecall">The part of <paramref name="Recall"/> from products that the customer had bought before.</param>
/// <param name="ExploreRecall">The part of it from products that were new to the customer.</param>
public sealed record RankingScore(
    int Customers, double Recall, double Ndcg, double HitRate, double RepeatRecall, double ExploreRecall);
