using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Models;

namespace ClvOrleans.Grains.Recommendations;

/// <summary>
/// Removes what old trainings learned for recommendations, a few megabytes a night: what is kept is that of the latest trainings that have
/// versions, and of the champions that rolling back a few times would promote again.
/// </summary>
internal sealed class RecommendationPruning(IModelRegistry registry) : IPruning
{
    /// <summary>Of how many trainings, and of how many champions.</summary>
    public const int Kept = 10;

    public async Task PruneAsync(StoreId store, DateTimeOffset now)
    {
        var promotions = await registry.PromotionsAsync(store);
        var versions = await registry.ListAsync(store);
        var trainings = versions.ToDictionary(v => v.Id, v => v.Training, StringComparer.Ordinal);
        var champions = promotions.OrderByDescending(p => p.Generation).Select(p => p.Model).Distinct(StringComparer.Ordinal).Take(Kept)
            .Where(trainings.ContainsKey).Select(m => trainings[m]);
        var latest = versions.Select(v => v.Training).Distinct().OrderDescending().Take(Kept);
        await registry.PruneRecommendationModelsAsync(store, [.. champions.Union(latest)]);
    }
}
