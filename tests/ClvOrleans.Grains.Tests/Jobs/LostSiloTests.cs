using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Tests.Jobs;

/// <summary>A silo that ends while it runs a job.</summary>
public sealed class LostSiloTests : IAsyncLifetime
{
    private readonly HeldWorkCluster _cluster = new();
    private readonly StoreId _store = new("lost");

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_job_is_run_again_on_the_other_and_ends_there(bool isKilled)
    {
        var begun = await _cluster.Service<StoreJobs>(0).BeginAsync(_store, JobKind.Drift, "prior", new { });
        var first = await _cluster.Room.NextAsync(_store);
        await EndAsync(first, isKilled);
        var second = await WatchUntilBegunAsync();
        Assert.NotEqual(first.Silo, second.Silo);
        Assert.True(first.Run.IsLeft);
        Assert.InRange(second.Run.Record.Losses, 0, isKilled ? 1 : 0); // A silo that is asked to stop hands its job over.

        second.End.SetResult(JobOutcome.Success(JobJson.Of("second")));
        var jobs = _cluster.Service<StoreJobs>(0);
        Assert.Equal("second", (await jobs.WaitAsync(_store, begun.Job)).Result!.Value.GetString());
        Assert.Equal(begun.Job.Id, Assert.Single(await jobs.ListAsync(_store, 9)).Id);
    }

    [Fact]
    public async Task A_job_that_was_cancelled_when_its_silo_ended_is_not_run_again_but_ended()
    {
        await _cluster.Service<StoreJobs>(0).BeginAsync(_store, JobKind.Drift, "prior", new { });
        var first = await _cluster.Room.NextAsync(_store);
        await EndAsync(first, isKilled: true);
        var writer = await _cluster.Records.TakeAsync(_store, JobLane.Models);
        var left = (await _cluster.Records.FindAsync(_store, "drift-1"))!;
        await _cluster.Records.TryPutAsync(_store, JobLane.Models, writer, [left with { CancelledAt = _cluster.Time.GetUtcNow() }]);

        await WatchUntilBegunAsync();
        var ended = await _cluster.Service<StoreJobs>(0).WaitAsync(_store, first.Run.Record);
        Assert.Equal((JobState.Cancelled, "Cancelled; nothing changed."), (ended.State, ended.Message));
    }

    private async Task EndAsync(HeldWork.Held held, bool isKilled)
    {
        var silo = _cluster.Silos.Single(s => s.SiloAddress.Equals(held.Silo));
        await (isKilled ? _cluster.Cluster.KillSiloAsync(silo) : _cluster.Cluster.StopSiloAsync(silo));
    }

    private async Task<HeldWork.Held> WatchUntilBegunAsync()
    {
        HeldWork.Held? held;
        while (!_cluster.Room.Begun(_store).Reader.TryRead(out held))
        {
            await _cluster.Grains.GetJobs(_store, JobLane.Models).WatchAsync()
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return held;
    }
}
