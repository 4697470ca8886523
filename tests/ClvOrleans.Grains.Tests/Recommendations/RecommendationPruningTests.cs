using System.Collections.Immutable;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>What trainings learned for recommendations is kept as long as a rollback may promote it.</summary>
public sealed class RecommendationPruningTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    [Fact]
    public async Task Those_of_the_latest_trainings_and_of_the_latest_champions_stay()
    {
        var (store, now) = (cluster.NewStore(), cluster.Time.GetUtcNow());
        foreach (var number in Enumerable.Range(1, 30))
        {
            await cluster.Registry.AddTrainingAsync(
                store,
                new TrainingRecord
                {
                    Number = number,
                    Cause = TrainingCause.Asked,
                    Outcome = TrainingOutcome.Trained,
                    StartedAt = now,
                    EndedAt = now,
                    RecommendationModel = new byte[] { 1 },
                },
                [
                    new ModelVersion
                    {
                        Id = $"a-{number}",
                        Family = "bg-nbd",
                        Training = number,
                        Parameters = ImmutableSortedDictionary<string, double>.Empty,
                    },
                ]);
        }

        // The last ten that differ are 4 to 13.
        foreach (var champion in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 4, 11, 12, 13])
        {
            await cluster.Registry.PromoteAsync(store, $"a-{champion}", now);
        }

        var pruning = new RecommendationPruning(cluster.Registry);
        await pruning.PruneAsync(store, now);
        await pruning.PruneAsync(store, now);
        var kept = new List<int>();
        foreach (var number in Enumerable.Range(1, 30))
        {
            if (!(await cluster.Registry.FindRecommendationModelAsync(store, number)).IsEmpty)
            {
                kept.Add(number);
            }
        }

        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, .. Enumerable.Range(21, 10)], kept);
    }
}
