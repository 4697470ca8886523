using System.Text.Json;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Tests.Trainings;

public sealed class TrainingJobTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    private StoreJobs Here => cluster.Service<StoreJobs>(0);

    private StoreJobs There => cluster.Service<StoreJobs>(1);

    private DateOnly Today => AnyStore.SettingsOf(_store).DayOf(cluster.Time.GetUtcNow());

    private Buyers Buyers => new(cluster.Journal, _store, Today);

    [Fact]
    public async Task Only_one_training_runs_and_a_cancelled_one_changes_nothing()
    {
        await Buyers.AddAsync(200, new(2025, 6, 1), Today);
        var hold = cluster.Histories.HoldAt(_store);
        var begun = await BeginAsync(Here, TrainingCause.Asked);
        Assert.False(begun.IsBusy);
        Assert.True((await BeginAsync(There, TrainingCause.Scheduled)).IsBusy);
        await hold.Reached.Task;
        var running = (await There.FindRunningAsync(_store, JobLane.Models))!;
        Assert.Equal((TrainingOutcome.Running, TrainingCause.Asked, 1), Of(TrainingJobs.Of(running.Job, running.Log)));

        Assert.Equal(JobState.Cancelled, (await There.CancelAsync(_store, begun.Job.Id)).Job!.State);
        Assert.Empty(await cluster.Registry.ListAsync(_store));
        Assert.Null(await cluster.Registry.FindChampionAsync(_store));
        Assert.Equal(TrainingOutcome.Cancelled, Assert.Single(await cluster.Registry.TrainingsAsync(_store, 10)).Outcome);

        // The next one is free to run, under the next number.
        cluster.Histories.Free(_store);
        var trained = await There.WaitAsync(_store, (await BeginAsync(There, TrainingCause.Asked)).Job);
        var record = (await cluster.Registry.TrainingsAsync(_store, 10))[0];
        Assert.Equal((TrainingOutcome.Trained, TrainingCause.Asked, 2), Of(record));
        var versions = await cluster.Registry.ListAsync(_store);
        Assert.All(versions, v => Assert.EndsWith("-2", v.Id, StringComparison.Ordinal));
        Assert.Equal(record.Champion, (await cluster.Registry.FindChampionAsync(_store))!.Version.Id);
        var result = JobJson.Read<ModelList>(trained.Result!.Value);
        Assert.Equal((record.Champion, 1, versions.Count), (result.Champion, result.Generation, result.Models.Count));
        Assert.Equal(result.Champion, result.Models[0].Id);
        Assert.Null(await Here.FindRunningAsync(_store, JobLane.Models));
    }

    [Fact]
    public async Task A_training_that_has_ended_cannot_be_cancelled()
    {
        await Buyers.AddAsync(200, new(2025, 6, 1), Today);
        var trained = await Here.WaitAsync(_store, (await BeginAsync(Here, TrainingCause.Asked)).Job);
        Assert.Equal(CancelStatus.TooLate, (await There.CancelAsync(_store, trained.Id)).Status);
        Assert.NotEmpty(await cluster.Registry.ListAsync(_store));
    }

    [Fact]
    public async Task A_store_in_which_nobody_has_bought_is_refused_with_the_reason_in_the_log()
    {
        var refused = await Here.WaitAsync(_store, (await BeginAsync(Here, TrainingCause.Asked)).Job);
        var record = Assert.Single(await cluster.Registry.TrainingsAsync(_store, 10));
        Assert.Equal((JobState.Refused, TrainingOutcome.Refused), (refused.State, record.Outcome));
        Assert.StartsWith("No model was trained: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, record.Log[^1].Text);
        Assert.All(record.Log, line => Assert.Equal(cluster.Time.GetUtcNow(), line.At));
    }

    [Fact]
    public async Task A_failed_training_is_recorded_without_the_error()
    {
        cluster.Histories.HoldAt(_store).Released.SetException(new InvalidOperationException("Object reference not set"));
        var failed = await Here.WaitAsync(_store, (await BeginAsync(Here, TrainingCause.Asked)).Job);
        var record = Assert.Single(await cluster.Registry.TrainingsAsync(_store, 10));
        Assert.Equal((JobState.Failed, TrainingOutcome.Failed), (failed.State, record.Outcome));
        Assert.DoesNotContain("Object reference", Assert.Single(record.Log).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_whose_result_was_kept_before_its_silo_ended_is_not_trained_twice()
    {
        await Buyers.AddAsync(200, new(2025, 6, 1), Today);
        var trained = await Here.WaitAsync(_store, (await BeginAsync(Here, TrainingCause.Asked)).Job);
        var again = new JobRun(_store, trained with { State = JobState.Running, Result = null }, cluster.Time, _ => Task.FromResult(true));
        var outcome = await cluster.Service<IEnumerable<IJobWork>>(1).Single(w => w.Kind == JobKind.Training).RunAsync(again);
        Assert.True(JsonElement.DeepEquals(trained.Result!.Value, outcome.Result!.Value), outcome.Result.Value.GetRawText());
        Assert.Equal(1, cluster.Histories.ReadingsOf(_store));
        Assert.Single(await cluster.Registry.PromotionsAsync(_store));
    }

    private static (TrainingOutcome Outcome, TrainingCause Cause, int Number) Of(TrainingRecord record) =>
        (record.Outcome, record.Cause, record.Number);

    private Task<BeginJobReply> BeginAsync(StoreJobs jobs, TrainingCause cause) =>
        jobs.BeginAsync(_store, JobKind.Training, "", new TrainingRequest(null, cause));
}
