using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>A silo that dies while it trains.</summary>
public sealed class LostTrainingTests : IAsyncLifetime
{
    private readonly StoreCluster _cluster = new();
    private readonly StoreId _store = new("lost");

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task The_other_one_finishes_the_training_and_one_version_of_each_model_is_kept()
    {
        var today = AnyStore.SettingsOf(_store).DayOf(_cluster.Time.GetUtcNow());
        await new Buyers(_cluster.Journal, _store, today).AddAsync(200, new(2025, 6, 1), today);
        var hold = _cluster.Histories.HoldAt(_store);
        var request = new TrainingRequest(null, TrainingCause.Asked);
        var begun = await _cluster.Service<StoreJobs>(0).BeginAsync(_store, JobKind.Training, "", request);
        await hold.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var grain = _cluster.Grains.GetJobs(_store, JobLane.Models);
        var host = await _cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress((IAddressable)grain);
        await _cluster.Cluster.KillSiloAsync(_cluster.Silos.Single(s => s.SiloAddress.Equals(host)));
        _cluster.Histories.Free(_store);
        hold.Released.SetResult(); // What of the dead one may still run goes on too.

        while (_cluster.Histories.ReadingsOf(_store) < 2)
        {
            await grain.WatchAsync()
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        var trained = await _cluster.Service<StoreJobs>(0).WaitAsync(_store, begun.Job);
        Assert.Equal((JobState.Succeeded, begun.Job.Id), (trained.State, trained.Id));
        var record = Assert.Single(await _cluster.Registry.TrainingsAsync(_store, 10));
        Assert.Equal((1, TrainingOutcome.Trained, TrainingCause.Asked), (record.Number, record.Outcome, record.Cause));
        Assert.Single(await _cluster.Registry.PromotionsAsync(_store));
        var versions = await _cluster.Registry.ListAsync(_store);
        Assert.Equal(versions.Select(v => v.Id).Distinct(), versions.Select(v => v.Id));
        Assert.Equal(versions.Count, JobJson.Read<ModelList>(trained.Result!.Value).Models.Count);
    }
}
