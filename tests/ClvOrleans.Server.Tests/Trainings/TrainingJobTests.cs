using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Tests.Trainings;

public sealed class TrainingJobTests : IAsyncDisposable
{
    private readonly Shop _shop = new();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Only_one_training_runs_and_a_cancelled_one_changes_nothing()
    {
        await _shop.AddBuyersAsync(200, new(2025, 6, 1), _shop.Today);
        var run = (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!;
        Assert.Null(await _shop.Job.BeginAsync(null, TrainingCause.Scheduled));
        Assert.Equal(TrainingOutcome.Running, _shop.Job.Running!.Record.Outcome);

        Assert.True(run.Job.TryCancel());
        Assert.Equal(TrainingOutcome.Cancelled, (await run.WaitAsync()).Record.Outcome);
        Assert.Empty(await _shop.Registry.ListAsync(_shop.Id));
        Assert.Null(await _shop.Registry.FindChampionAsync(_shop.Id));
        Assert.Equal(TrainingOutcome.Cancelled, Assert.Single(await _shop.Registry.TrainingsAsync(_shop.Id, 10)).Outcome);

        // The next one is free to run, under the next number.
        _shop.Histories.Open();
        var trained = await (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!.WaitAsync();
        Assert.Equal((2, TrainingOutcome.Trained), (trained.Record.Number, trained.Record.Outcome));
        Assert.All(trained.Versions, v => Assert.EndsWith("-2", v.Id, StringComparison.Ordinal));
        Assert.Equal(trained.Versions[0].Id, _shop.Champions.Find(_shop.Id).Model.Version.Id);
        Assert.Null(_shop.Job.Running);
    }

    [Fact]
    public async Task A_training_that_has_ended_cannot_be_cancelled()
    {
        await _shop.AddBuyersAsync(200, new(2025, 6, 1), _shop.Today);
        _shop.Histories.Open();
        var run = (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!;
        await run.WaitAsync();
        Assert.False(run.Job.TryCancel());
        Assert.NotEmpty(await _shop.Registry.ListAsync(_shop.Id));
    }

    [Fact]
    public async Task A_service_that_stops_ends_its_training_and_nothing_changes()
    {
        var run = (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!;
        _shop.StopApplication();
        Assert.Equal(TrainingOutcome.Cancelled, (await run.WaitAsync()).Record.Outcome);
        Assert.Null(await _shop.Registry.FindChampionAsync(_shop.Id));
    }

    [Fact]
    public async Task Too_few_customers_are_refused_with_the_reason_in_the_log()
    {
        await _shop.AddBuyersAsync(2, new(2025, 6, 1), _shop.Today);
        _shop.Histories.Open();
        var result = await (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!.WaitAsync();
        Assert.Equal(TrainingOutcome.Refused, result.Record.Outcome);
        Assert.Equal($"No model was trained: {result.Refusal}.", result.Record.Log[^1].Text);
        Assert.All(result.Record.Log, line => Assert.Equal(_shop.Time.GetUtcNow(), line.At));
    }
}
