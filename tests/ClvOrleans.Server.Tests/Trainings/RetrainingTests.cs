using ClvOrleans.Server.Hosting;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Tests.Trainings;

public sealed class RetrainingTests : IAsyncDisposable
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private readonly Shop _shop = new();
    private readonly RetrainingOptions _options = new();
    private readonly Retraining _retraining;

    public RetrainingTests()
    {
        _shop.Histories.Open();
        _retraining = new Retraining(
            _shop.Store, _shop.Jobs, _shop.Job, _shop.Watch, _shop.Registry, _shop.Rows, Options.Create(_options), _shop.Time, NullLogger<Retraining>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _retraining.Dispose();
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-06-15T16:00Z", "2026-06-16T07:00Z")]
    [InlineData("2026-06-16T06:59Z", "2026-06-16T07:00Z")]
    [InlineData("2026-06-16T07:00Z", "2026-06-17T07:00Z")]
    [InlineData("2026-01-15T16:00Z", "2026-01-16T08:00Z")] // winter
    [InlineData("2026-03-08T06:00Z", "2026-03-08T07:00Z")] // the clock goes from 2 to 3
    public void The_night_is_that_of_the_stores_clock(string now, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), Retraining.Next(DateTimeOffset.Parse(now), new TimeOnly(3, 0), NewYork));

    [Fact]
    public void A_time_that_the_clock_skips_is_kept_all_the_same() => Assert.Equal(
        DateTimeOffset.Parse("2026-03-08T07:30Z"), Retraining.Next(DateTimeOffset.Parse("2026-03-08T06:00Z"), new TimeOnly(2, 30), NewYork));

    [Fact]
    public async Task A_training_is_due_a_week_after_the_last_one()
    {
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today.AddDays(60));
        await TrainAsync();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await NightAsync();
        }

        Assert.Single(await _shop.Registry.TrainingsAsync(_shop.Id, 10));
        await NightAsync();
        var last = (await _shop.Registry.TrainingsAsync(_shop.Id, 10))[0];
        Assert.Equal((2, TrainingCause.Scheduled, TrainingOutcome.Trained), (last.Number, last.Cause, last.Outcome));
        Assert.Equal(last.Champion, _shop.Champions.Find(_shop.Id).Model.Version.Id);
    }

    [Fact]
    public async Task Where_too_little_is_new_it_is_skipped_and_said_why()
    {
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today);
        await TrainAsync();
        _shop.Time.Advance(TimeSpan.FromDays(6));
        await NightAsync();
        await AssertSkippedAsync("Skipped: 0 of ");
    }

    [Fact]
    public async Task A_model_that_was_put_in_force_by_hand_stays()
    {
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today.AddDays(60));
        await TrainAsync();
        await _shop.Registry.RollBackAsync(_shop.Id, _shop.Time.GetUtcNow());
        _shop.Time.Advance(TimeSpan.FromDays(6));
        await NightAsync();
        await AssertSkippedAsync("Skipped: prior was promoted by hand");
    }

    [Fact]
    public async Task Switched_off_nothing_is_trained_but_predictions_are_kept()
    {
        _options.Every = TimeSpan.Zero;
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today);
        await NightAsync();
        Assert.Empty(await _shop.Registry.TrainingsAsync(_shop.Id, 10));
        Assert.Single(await _shop.Predictions.ListAsync(_shop.Id, PriorModel.Version.Id));
    }

    [Fact]
    public async Task Customers_of_another_kind_ask_for_a_training_which_ends_the_drift()
    {
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today);
        await TrainAsync();
        await _shop.AddBuyersAsync(600, _shop.Today.AddDays(-60), _shop.Today.AddDays(1), seed: 5, spend: 100_000);
        await NightAsync();
        var last = (await _shop.Registry.TrainingsAsync(_shop.Id, 10))[0];
        Assert.Equal((2, TrainingCause.Drift, TrainingOutcome.Trained), (last.Number, last.Cause, last.Outcome));
        Assert.Empty((await ReportAsync()).Reasons);
    }

    [Fact]
    public async Task A_month_as_predicted_asks_for_nothing()
    {
        await _shop.AddBuyersAsync(2_000, new(2025, 6, 1), _shop.Today.AddDays(60));
        var month = await MonthAsync();
        Assert.Equal(2_000, month.Groups.Sum(g => g.Customers));
        Assert.Equal(1, month.Orders.Ratio!.Value, .2);
        Assert.False(month.Orders.IsOff || month.Value.IsOff);
    }

    [Fact]
    public async Task A_month_in_which_nobody_came_asks_for_a_training()
    {
        await _shop.AddBuyersAsync(2_000, new(2025, 6, 1), _shop.Today);
        var month = await MonthAsync();
        Assert.Equal((0.0, 0.0), (month.Orders.Actual, month.Value.Actual));
        Assert.Contains("the orders of the last month predicted were 0.00 times what was expected", (await ReportAsync()).Reasons);
    }

    [Fact]
    public async Task The_service_looks_at_its_models_when_the_night_comes()
    {
        await _shop.AddBuyersAsync(300, new(2025, 6, 1), _shop.Today);
        await _retraining.StartAsync(CancellationToken.None);
        while ((await _shop.Registry.TrainingsAsync(_shop.Id, 1)).Count == 0)
        {
            _shop.Time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        await _retraining.StopAsync(CancellationToken.None);
        Assert.NotNull(await _shop.Registry.FindChampionAsync(_shop.Id));
    }

    private async Task TrainAsync() => await (await _shop.Job.BeginAsync(_shop.Today, TrainingCause.Asked))!.WaitAsync();

    private async Task NightAsync()
    {
        _shop.Time.Advance(TimeSpan.FromDays(1));
        await _retraining.CheckAsync(CancellationToken.None);
    }

    // Trains, predicts in the next night, and looks 30 days later.
    private async Task<Calibration> MonthAsync()
    {
        _options.Every = TimeSpan.Zero;
        await TrainAsync();
        await NightAsync();
        _shop.Time.Advance(TimeSpan.FromDays(29));
        Assert.Empty((await ReportAsync()).Months);
        _shop.Time.Advance(TimeSpan.FromDays(1));
        return Assert.Single((await ReportAsync()).Months);
    }

    private async Task<DriftReport> ReportAsync() =>
        await _shop.Watch.ReportAsync((await _shop.Registry.FindChampionAsync(_shop.Id))!.Version, CancellationToken.None);

    private async Task AssertSkippedAsync(string start)
    {
        var last = (await _shop.Registry.TrainingsAsync(_shop.Id, 10))[0];
        Assert.Equal((TrainingOutcome.Skipped, null), (last.Outcome, last.Champion));
        Assert.StartsWith(start, Assert.Single(last.Log).Text, StringComparison.Ordinal);
        Assert.Equal(2, last.Number);
    }
}
