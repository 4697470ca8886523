using System.Collections.Immutable;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>A category, and how much of what may be recommended lies in it.</summary>
/// <param name="Category">The category.</param>
/// <param name="Share">Its share of the scores of all products, 0 to 1.</param>
public sealed record CategoryShare(string Category, double Share)
{
    /// <summary>The categories of products that may be recommended, the one with the greatest share first.</summary>
    internal static ImmutableArray<CategoryShare> Of(float[] scores, Catalogue catalogue)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        var all = 0d;
        for (var p = 0; p < scores.Length; p++)
        {
            if (scores[p] > 0 && catalogue.Products[p].Category is { } category)
            {
                sums[category] = sums.GetValueOrDefault(category) + scores[p];
                all += scores[p];
            }
        }

        return
        [
            .. sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new CategoryShare(s.Key, s.Value / all)),
        ];
    }
}
