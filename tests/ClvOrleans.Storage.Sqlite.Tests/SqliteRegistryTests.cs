using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqliteRegistryTests : IAsyncDisposable
{
    private static readonly StoreId Store = new("shop");
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly SqliteWriter _writer;
    private readonly SqliteRegistry _registry;

    public SqliteRegistryTests()
    {
        var options = new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };
        var database = new SqliteDatabase(options);
        _writer = new SqliteWriter(database, options);
        _registry = new SqliteRegistry(database, _writer);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    [Fact]
    public async Task Rolling_back_goes_one_further_back_each_time_and_ends_with_the_prior()
    {
        await TrainAsync(1, "a-1", "b-1");
        await TrainAsync(2, "a-2");
        await _registry.PromoteAsync(Store, "b-1", Start.AddDays(3));

        Assert.Equal(("a-2", 4), await RollBackAsync(4));
        Assert.Equal(("a-1", 5), await RollBackAsync(5));
        Assert.Equal(("prior", 6), await RollBackAsync(6));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBackAsync(7));

        var history = await _registry.PromotionsAsync(Store);
        Assert.Equal(["prior", "a-1", "a-2", "b-1", "a-2", "a-1"], history.Select(p => p.Model));
        Assert.Equal(
            [PromotionCause.RollBack, PromotionCause.RollBack, PromotionCause.RollBack, PromotionCause.Choice, PromotionCause.Training, PromotionCause.Training],
            history.Select(p => p.Cause));
        Assert.Equal([6, 5, 4, 3, 2, 1], history.Select(p => (p.At - Start).Days));
        Assert.True((await _registry.FindChampionAsync(Store))!.Version.IsPrior);
    }

    [Fact]
    public async Task What_makes_a_model_is_kept_beside_it_and_lists_do_not_carry_it()
    {
        var body = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray();
        await _registry.AddTrainingAsync(
            Store, RecordOf(1) with { Champion = "pooled-1" }, [VersionOf("pooled-1") with { Body = body }, VersionOf("plain-1")]);

        Assert.Equal(body, (await _registry.FindAsync(Store, "pooled-1"))!.Body.ToArray());
        Assert.True((await _registry.FindAsync(Store, "plain-1"))!.Body.IsEmpty);
        Assert.Null(await _registry.FindAsync(Store, "other-1"));
        Assert.All(await _registry.ListAsync(Store), v => Assert.True(v.Body.IsEmpty));
        Assert.True((await _registry.FindChampionAsync(Store))!.Version.Body.IsEmpty);
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
        Assert.Equal(2, (await _registry.PromoteAsync(Store, "prior", Start)).Generation);
        Assert.Equal("b-1", (await _registry.PromoteAsync(Store, "b-1", Start)).Version.Id);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _registry.PromoteAsync(Store, "c-1", Start));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _registry.PromoteAsync(new StoreId("other"), "b-1", Start));
    }

    [Fact]
    public async Task A_training_is_kept_with_its_log_and_its_versions_or_not_at_all()
    {
        await TrainAsync(1, "a-1");
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainAsync(1, "a-2"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainAsync(2, "b-2", "a-1"));
        await _registry.AddTrainingAsync(Store, RecordOf(3) with { Outcome = TrainingOutcome.Cancelled }, []);

        Assert.Equal(["a-1"], (await _registry.ListAsync(Store)).Select(v => v.Id));
        Assert.Equal(("a-1", 1), ((await _registry.FindChampionAsync(Store))!.Version.Id, (await _registry.PromotionsAsync(Store)).Count));
        var trainings = await _registry.TrainingsAsync(Store, 10);
        Assert.Equal([(3, TrainingOutcome.Cancelled), (1, TrainingOutcome.Trained)], trainings.Select(t => (t.Number, t.Outcome)));
        Assert.Equal(new LogLine(Start, "1"), Assert.Single(trainings[1].Log));
        Assert.Equal(3, Assert.Single(await _registry.TrainingsAsync(Store, 1)).Number);
    }

    private static TrainingRecord RecordOf(int number) => new()
    {
        Number = number,
        Cause = TrainingCause.Asked,
        Outcome = TrainingOutcome.Trained,
        StartedAt = Start,
        EndedAt = Start.AddDays(number),
        Log = [new LogLine(Start, $"{number}")],
    };

    private Task TrainAsync(int number, params string[] ids) => _registry.AddTrainingAsync(
        Store,
        RecordOf(number) with { Champion = ids[0] },
        [.. ids.Select(VersionOf)]);

    private static ModelVersion VersionOf(string id) =>
        new() { Id = id, Family = "bg-nbd", Parameters = ImmutableSortedDictionary<string, double>.Empty };

    private async Task<(string Id, int Generation)> RollBackAsync(int day)
    {
        var champion = await _registry.RollBackAsync(Store, Start.AddDays(day));
        return (champion.Version.Id, champion.Generation);
    }
}
