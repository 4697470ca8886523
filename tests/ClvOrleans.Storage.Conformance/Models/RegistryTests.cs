using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Conformance.Models;

/// <summary><see cref="IModelRegistry"/>: versions, who was promoted when, and trainings.</summary>
public class RegistryTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly DateTimeOffset Start = Sample.Time;

    [Fact]
    public async Task A_store_without_models_has_no_champion()
    {
        Assert.Null(await Store.Registry.FindChampionAsync(Shop));
        Assert.Empty(await Store.Registry.ListAsync(Shop));
        Assert.Empty(await Store.Registry.PromotionsAsync(Shop));
        Assert.Empty(await Store.Registry.TrainingsAsync(Shop, 10));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBackAsync(1));
    }

    [Fact]
    public async Task A_version_is_added_once_and_listed_newest_first()
    {
        await Store.Registry.AddAsync(Shop, Sample.Version("a-1"));
        await Store.Registry.AddAsync(Shop, Sample.Version("a-2"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Registry.AddAsync(Shop, Sample.Version("a-1")));
        await Store.Registry.AddAsync(Other, Sample.Version("a-1"));
        Assert.Equal(["a-2", "a-1"], (await Store.Registry.ListAsync(Shop)).Select(v => v.Id));
        Assert.Null(await Store.Registry.FindChampionAsync(Shop));
    }

    [Fact]
    public async Task What_a_training_learned_for_recommendations_is_kept_with_it_and_read_by_its_number()
    {
        var trial = new RecommendationTrial(20, 100, 50, .25, 208, "Ease");
        await Store.Registry.AddTrainingAsync(
            Shop, Sample.Training(1) with { Recommendations = trial, RecommendationModel = new byte[] { 1, 2, 3 } }, []);
        await Store.Registry.AddTrainingAsync(Shop, Sample.Training(2), []);
        var read = await Store.Registry.TrainingsAsync(Shop, 10);
        Assert.Equal([null, trial], read.Select(t => t.Recommendations));
        Assert.All(read, t => Assert.True(t.RecommendationModel.IsEmpty));
        Assert.Equal([1, 2, 3], (await Store.Registry.FindRecommendationModelAsync(Shop, 1)).ToArray());
        Assert.True((await Store.Registry.FindRecommendationModelAsync(Shop, 2)).IsEmpty);
        Assert.True((await Store.Registry.FindRecommendationModelAsync(Other, 1)).IsEmpty);
    }

    [Fact]
    public async Task What_old_trainings_learned_for_recommendations_is_removed_and_their_records_stay()
    {
        foreach (var number in Enumerable.Range(1, 6))
        {
            var learned = Sample.Training(number) with { RecommendationModel = new byte[] { (byte)number } };
            await Store.Registry.AddTrainingAsync(Shop, learned, []);
            await Store.Registry.AddTrainingAsync(Other, learned, []);
        }

        // 5 is the last that is named: 6 may have ended since.
        Assert.Equal(3, await Store.Registry.PruneRecommendationModelsAsync(Shop, [2, 5]));
        Assert.Equal(0, await Store.Registry.PruneRecommendationModelsAsync(Shop, [2, 5]));
        Assert.Equal(0, await Store.Registry.PruneRecommendationModelsAsync(Shop, []));
        Assert.Equal([2, 5, 6], await LearnedAsync(Shop));
        Assert.Equal([1, 2, 3, 4, 5, 6], await LearnedAsync(Other));
        Assert.Equal(6, (await Store.Registry.TrainingsAsync(Shop, 10)).Count);

        async Task<List<int>> LearnedAsync(StoreId store)
        {
            var learned = new List<int>();
            foreach (var number in Enumerable.Range(1, 6))
            {
                if (!(await Store.Registry.FindRecommendationModelAsync(store, number)).IsEmpty)
                {
                    learned.Add(number);
                }
            }

            return learned;
        }
    }

    [Fact]
    public async Task Rolling_back_goes_one_further_back_each_time_and_ends_with_the_prior()
    {
        await TrainAsync(1, "a-1", "b-1");
        await TrainAsync(2, "a-2");
        await Store.Registry.PromoteAsync(Shop, "b-1", Start.AddDays(3));

        Assert.Equal(("a-2", 4), await RollBackAsync(4));
        Assert.Equal(("a-1", 5), await RollBackAsync(5));
        Assert.Equal(("prior", 6), await RollBackAsync(6));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBackAsync(7));

        var history = await Store.Registry.PromotionsAsync(Shop);
        Assert.Equal(["prior", "a-1", "a-2", "b-1", "a-2", "a-1"], history.Select(p => p.Model));
        Assert.Equal(
            [
                PromotionCause.RollBack, PromotionCause.RollBack, PromotionCause.RollBack, PromotionCause.Choice, PromotionCause.Training,
                PromotionCause.Training,
            ],
            history.Select(p => p.Cause));
        Assert.Equal([6, 5, 4, 3, 2, 1], history.Select(p => (p.At - Start).Days));
        Assert.True((await Store.Registry.FindChampionAsync(Shop))!.Version.IsPrior);
    }

    [Fact]
    public async Task A_version_of_the_first_buyers_is_in_force_until_a_training_and_never_after_it()
    {
        Assert.True(await Store.Registry.AddFirstAsync(Shop, Sample.Version("first-10"), Start));
        Assert.True(await Store.Registry.AddFirstAsync(Shop, Sample.Version("first-20"), Start.AddDays(1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Registry.AddFirstAsync(Shop, Sample.Version("first-20"), Start));
        Assert.Equal(("first-20", 2), NameOf(await Store.Registry.FindChampionAsync(Shop)));

        await TrainAsync(1, "a-1");
        Assert.False(await Store.Registry.AddFirstAsync(Shop, Sample.Version("first-40"), Start.AddDays(3)));
        Assert.Equal(("a-1", 3), NameOf(await Store.Registry.FindChampionAsync(Shop)));
        Assert.Null(await Store.Registry.FindAsync(Shop, "first-40"));
        Assert.Equal(
            [PromotionCause.Training, PromotionCause.First, PromotionCause.First],
            (await Store.Registry.PromotionsAsync(Shop)).Select(p => p.Cause));

        Assert.Equal(("first-20", 4), await RollBackAsync(4));
        Assert.False(await Store.Registry.AddFirstAsync(Shop, Sample.Version("first-40"), Start.AddDays(5)));
        await Store.Registry.PromoteAsync(Other, "prior", Start);
        Assert.False(await Store.Registry.AddFirstAsync(Other, Sample.Version("first-10"), Start));

        static (string, int) NameOf(Champion? champion) => (champion!.Version.Id, champion.Generation);
    }

    [Fact]
    public async Task The_body_of_a_model_is_kept_with_it_and_lists_do_not_carry_it()
    {
        var body = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray();
        await Store.Registry.AddTrainingAsync(
            Shop,
            Sample.Training(1) with { Champion = "pooled-1" },
            [Sample.Version("pooled-1") with { Body = body }, Sample.Version("plain-1")]);

        await ReopenAsync();
        Assert.Equal(body, (await Store.Registry.FindAsync(Shop, "pooled-1"))!.Body.ToArray());
        Assert.True((await Store.Registry.FindAsync(Shop, "plain-1"))!.Body.IsEmpty);
        Assert.Null(await Store.Registry.FindAsync(Shop, "other-1"));
        Assert.All(await Store.Registry.ListAsync(Shop), v => Assert.True(v.Body.IsEmpty));
        Assert.True((await Store.Registry.FindChampionAsync(Shop))!.Version.Body.IsEmpty);
    }

    [Fact]
    public async Task After_a_roll_back_a_new_champion_is_taken_back_to_what_the_roll_back_left()
    {
        await TrainAsync(1, "a-1");
        await TrainAsync(2, "a-2");
        await RollBackAsync(3);
        await TrainAsync(4, "a-4");
        Assert.Equal(("a-1", 5), await RollBackAsync(5));
    }

    [Fact]
    public async Task Any_version_and_the_prior_can_be_chosen_and_no_other()
    {
        await TrainAsync(1, "a-1", "b-1");
        Assert.Equal(2, (await Store.Registry.PromoteAsync(Shop, "prior", Start)).Generation);
        Assert.Equal("b-1", (await Store.Registry.PromoteAsync(Shop, "b-1", Start)).Version.Id);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Store.Registry.PromoteAsync(Shop, "c-1", Start));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Store.Registry.PromoteAsync(Other, "b-1", Start));
    }

    [Fact]
    public async Task A_training_is_kept_with_its_log_and_its_versions_or_not_at_all()
    {
        await TrainAsync(1, "a-1");
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainAsync(1, "a-2"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainAsync(2, "b-2", "a-1"));
        await Store.Registry.AddTrainingAsync(Shop, Sample.Training(3) with { Outcome = TrainingOutcome.Cancelled }, []);

        Assert.Equal(["a-1"], (await Store.Registry.ListAsync(Shop)).Select(v => v.Id));
        Assert.Equal(
            ("a-1", 1),
            ((await Store.Registry.FindChampionAsync(Shop))!.Version.Id, (await Store.Registry.PromotionsAsync(Shop)).Count));
        var trainings = await Store.Registry.TrainingsAsync(Shop, 10);
        Assert.Equal([(3, TrainingOutcome.Cancelled), (1, TrainingOutcome.Trained)], trainings.Select(t => (t.Number, t.Outcome)));
        Assert.Equal(new LogLine(Start, "1"), Assert.Single(trainings[1].Log));
        Assert.Equal(3, Assert.Single(await Store.Registry.TrainingsAsync(Shop, 1)).Number);
    }

    private Task TrainAsync(int number, params string[] ids) => Store.Registry.AddTrainingAsync(
        Shop, Sample.Training(number) with { Champion = ids[0] }, [.. ids.Select(Sample.Version)]);

    private async Task<(string Id, int Generation)> RollBackAsync(int day)
    {
        var champion = await Store.Registry.RollBackAsync(Shop, Start.AddDays(day));
        return (champion.Version.Id, champion.Generation);
    }
}
