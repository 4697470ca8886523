using ClvOrleans.Contracts;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Tests.Watches;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Tests.Trainings;

public sealed class RetrainingTests : IClassFixture<StoreCluster>
{
    // So many that a month's orders tell something.
    private const int Many = 800;
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private readonly StoreCluster _cluster;
    private readonly StoreId _store;
    private readonly DateTimeOffset _since;
    private readonly Buyers _buyers;

    public RetrainingTests(StoreCluster cluster)
    {
        (_cluster, _store, _since) = (cluster, cluster.NewStore(), cluster.Time.GetUtcNow());
        _buyers = new Buyers(cluster.Journal, _store, Today);
        TrainEvery(new RetrainingOptions().Every);
    }

    private DateOnly Today => AnyStore.SettingsOf(_store).DayOf(_cluster.Time.GetUtcNow());

    // A year before today, as the first day of these shops.
    private DateOnly YearAgo => Today.AddDays(-379);

    private StoreJobs Jobs => _cluster.Service<StoreJobs>(0);

    [Theory]
    [InlineData("2026-06-15T16:00Z", "2026-06-16T07:00Z")]
    [InlineData("2026-06-16T06:59Z", "2026-06-16T07:00Z")]
    [InlineData("2026-06-16T07:00Z", "2026-06-17T07:00Z")]
    [InlineData("2026-01-15T16:00Z", "2026-01-16T08:00Z")] // winter
    [InlineData("2026-03-08T06:00Z", "2026-03-08T07:00Z")] // the clock goes from 2 to 3
    public void The_night_is_that_of_the_stores_clock(string now, string next)
    {
        Assert.Equal(DateTimeOffset.Parse(next), Last(DateTimeOffset.Parse(next)));
        Assert.Equal(Last(DateTimeOffset.Parse(now)), Last(DateTimeOffset.Parse(next).AddTicks(-1)));
        Assert.InRange(Last(DateTimeOffset.Parse(now)), DateTimeOffset.Parse(now).AddHours(-25), DateTimeOffset.Parse(now));

        static DateTimeOffset Last(DateTimeOffset now) => Nights.Last(now, new TimeOnly(3, 0), NewYork);
    }

    [Fact]
    public void A_time_that_the_clock_skips_is_kept_all_the_same()
    {
        var kept = DateTimeOffset.Parse("2026-03-08T07:30Z");
        Assert.Equal(kept, Nights.Last(kept, new TimeOnly(2, 30), NewYork));
        Assert.Equal(DateTimeOffset.Parse("2026-03-07T07:30Z"), Nights.Last(kept.AddTicks(-1), new TimeOnly(2, 30), NewYork));
    }

    [Fact]
    public async Task A_training_is_due_a_week_after_the_last_one()
    {
        await _buyers.AddAsync(300, YearAgo, Today.AddDays(60));
        await TrainAsync();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await NightAsync();
        }

        Assert.Single(await _cluster.Registry.TrainingsAsync(_store, 10));
        await NightAsync();
        var last = (await _cluster.Registry.TrainingsAsync(_store, 10))[0];
        Assert.Equal((2, TrainingCause.Scheduled, TrainingOutcome.Trained), (last.Number, last.Cause, last.Outcome));
        Assert.Equal(last.Champion, (await _cluster.Registry.FindChampionAsync(_store))!.Version.Id);
    }

    [Fact]
    public async Task Where_too_little_is_new_it_is_skipped_and_said_why()
    {
        await _buyers.AddAsync(300, YearAgo, Today);
        await TrainAsync();
        _cluster.Time.Skip(TimeSpan.FromDays(6));
        await NightAsync();
        await AssertSkippedAsync("Skipped: 0 of ");
    }

    [Fact]
    public async Task A_model_that_was_put_in_force_by_hand_stays()
    {
        await _buyers.AddAsync(300, YearAgo, Today.AddDays(60));
        await TrainAsync();
        await _cluster.Registry.RollBackAsync(_store, _cluster.Time.GetUtcNow());
        _cluster.Time.Skip(TimeSpan.FromDays(6));
        await NightAsync();
        await AssertSkippedAsync("Skipped: prior was promoted by hand");
    }

    [Fact]
    public async Task Switched_off_nothing_is_trained_but_predictions_are_kept()
    {
        TrainEvery(TimeSpan.Zero);
        await _buyers.AddAsync(300, YearAgo, Today);
        await NightAsync();
        Assert.Empty(await _cluster.Registry.TrainingsAsync(_store, 10));
        Assert.Single(await _cluster.Predictions.ListAsync(_store, PriorModel.Version.Id));
    }

    [Fact]
    public async Task Customers_of_another_kind_ask_for_a_training_which_ends_the_drift()
    {
        await _buyers.AddAsync(300, YearAgo, Today);
        await TrainAsync();
        await _buyers.AddAsync(600, Today.AddDays(-60), Today.AddDays(1), seed: 5, spend: 100_000);
        await NightAsync();
        var last = (await _cluster.Registry.TrainingsAsync(_store, 10))[0];
        Assert.Equal((2, TrainingCause.Drift, TrainingOutcome.Trained), (last.Number, last.Cause, last.Outcome));
        Assert.Empty((await ReportAsync()).Reasons);
    }

    [Fact]
    public async Task A_month_as_predicted_asks_for_nothing()
    {
        await _buyers.AddAsync(Many, YearAgo, Today.AddDays(60));
        var month = await MonthAsync();
        Assert.Equal(Many, month.Groups.Sum(g => g.Customers));
        Assert.Equal(1, month.Orders.Ratio!.Value, .2);
        Assert.False(month.Orders.IsOff || month.Value.IsOff);
    }

    [Fact]
    public async Task A_month_in_which_nobody_came_asks_for_a_training()
    {
        await _buyers.AddAsync(Many, YearAgo, Today);
        var month = await MonthAsync();
        Assert.Equal((0.0, 0.0), (month.Orders.Actual, month.Value.Actual));
        Assert.Contains("the orders of the last month predicted were 0.00 times what was expected", (await ReportAsync()).Reasons);
    }

    [Fact]
    public async Task Totals_are_compared_when_their_days_have_passed_whichever_champion_is_in_force_by_then()
    {
        await _buyers.AddAsync(Many, YearAgo, Today.AddDays(60));
        TrainEvery(TimeSpan.Zero);
        await TrainAsync();
        await NightAsync();
        var made = await _cluster.Predictions.TotalsAsync(_store, default);
        var (until, days) = (made[0].Until, made.Select(t => t.Days).Distinct().ToArray());
        Assert.Equal([30, 365], days);
        Assert.All(days, d => Assert.Equal(
            2 * made.Single(t => t.Days == d && t.Group == "total").Customers, made.Where(t => t.Days == d).Sum(t => t.Customers)));
        Assert.All(made, t => Assert.InRange(t.Expected, t.Lower, t.Upper));

        _cluster.Time.Advance(TimeSpan.FromDays(28));
        await TrainAsync();
        await NightAsync();
        Assert.All(await _cluster.Predictions.TotalsAsync(_store, default), t => Assert.Null(t.Outcome));
        await NightAsync();

        var passed = (await _cluster.Predictions.TotalsAsync(_store, default)).Where(t => t.Outcome is not null).ToArray();
        Assert.Equal(made.Where(t => t.Days == 30), passed.Select(t => t with { Outcome = null }));
        var total = passed.Single(t => t.Group == "total");
        var spent = (await _cluster.Rows.SummariesAsync(_store).ToListAsync()).Where(c => c.PurchaseDays[0].Day <= total.MadeOn)
            .Sum(c => c.PurchaseDays.Where(d => d.Day > total.MadeOn && d.Day <= until).Sum(d => (double)d.Net.Minor));
        Assert.Equal((spent, total.Customers), (total.Outcome!.Actual, total.Outcome.Hits.Customers));
        Assert.Equal(spent, passed.Where(t => t.Group != "total").Sum(t => t.Outcome!.Actual));
        Assert.Equal(2, (await _cluster.Predictions.TotalsAsync(_store, default)).Select(t => t.Model).Distinct().Count());
    }

    [Fact]
    public async Task Who_was_in_an_own_segment_counts_for_its_total_whoever_is_in_it_when_the_days_have_passed()
    {
        await _buyers.AddAsync(300, YearAgo, Today.AddDays(60));
        var audit = new WatchAudit(_cluster, _store);
        await audit.DefineAsync("often", "orders >= 5");
        await audit.DefineAsync("nobody", "orders >= 9999");
        await audit.RefreshAsync();
        var members = (await _cluster.Rows.MembersAsync(_store, new SegmentId("often"), null, 1_000)).Select(r => r.Summary).ToArray();
        Assert.InRange(members.Length, 20, 280);

        TrainEvery(TimeSpan.Zero);
        await TrainAsync();
        await NightAsync();
        var made = (await _cluster.Predictions.TotalsAsync(_store, default)).Where(t => t.Segment is not null).ToArray();
        Assert.Equal([("segment:often", 30), ("segment:often", 365)], made.Select(t => (t.Group, t.Days)));
        Assert.All(made, t => Assert.InRange(t.Expected, t.Lower, t.Upper));

        await audit.DefineAsync("often", "orders >= 9999");
        await audit.RefreshAsync();
        _cluster.Time.Advance(TimeSpan.FromDays(29));
        await NightAsync();
        var passed = (await _cluster.Predictions.TotalsAsync(_store, default)).Single(t => t.Segment is not null && t.Outcome is not null);
        var spent = members.Where(c => c.PurchaseDays[0].Day <= passed.MadeOn)
            .Sum(c => c.PurchaseDays.Where(d => d.Day > passed.MadeOn && d.Day <= passed.Until).Sum(d => (double)d.Net.Minor));
        Assert.Equal((30, made[0].Customers, spent), (passed.Days, passed.Outcome!.Hits.Customers, passed.Outcome.Actual));
    }

    [Fact]
    public async Task A_night_is_done_once_whichever_silos_ask_and_whichever_grain_answers()
    {
        await _buyers.AddAsync(300, YearAgo, Today);
        _cluster.Time.Advance(TimeSpan.FromDays(1));
        var nights =
            new[] { _cluster.Service<IGrainFactory>(0).GetRetraining(_store), _cluster.Service<IGrainFactory>(1).GetRetraining(_store) };
        await Task.WhenAll(nights.Concat(nights).Select(n => n.WatchAsync(_since)));
        await IdleAsync();
        await _cluster.Cluster.DeactivateAsync((IAddressable)nights[0]);
        await Task.WhenAll(nights.Select(n => n.WatchAsync(_since)));
        await IdleAsync();

        Assert.Equal([JobKind.Training, JobKind.Drift], (await Jobs.ListAsync(_store, 10)).Select(j => j.Kind));
        Assert.Equal(TrainingCause.Scheduled, Assert.Single(await _cluster.Registry.TrainingsAsync(_store, 10)).Cause);
    }

    [Fact]
    public async Task A_night_before_the_service_began_is_none_of_its_business_and_one_that_was_missed_is()
    {
        await _cluster.Grains.GetRetraining(_store).WatchAsync(_cluster.Time.GetUtcNow());
        Assert.Empty(await Jobs.ListAsync(_store, 10));
        await _cluster.Grains.GetRetraining(_store).WatchAsync(_cluster.Time.GetUtcNow().AddDays(-2));
        Assert.Equal(JobKind.Drift, (await Jobs.ListAsync(_store, 10))[^1].Kind);
        await IdleAsync();
    }

    [Fact]
    public async Task The_night_waits_for_the_jobs_of_the_day()
    {
        var hold = _cluster.Histories.HoldAt(_store);
        await Jobs.BeginAsync(_store, JobKind.Training, "", new TrainingRequest(null, TrainingCause.Asked));
        await hold.Reached.Task;
        _cluster.Time.Advance(TimeSpan.FromDays(1));
        await _cluster.Grains.GetRetraining(_store).WatchAsync(_since);
        Assert.Equal([JobState.Waiting, JobState.Running], (await Jobs.ListAsync(_store, 10)).Select(j => j.State));
        hold.Released.SetResult();
        await IdleAsync();
        var jobs = await Jobs.ListAsync(_store, 10);
        Assert.Equal((JobKind.Drift, JobState.Succeeded), (jobs[^2].Kind, jobs[^2].State));
    }

    private async Task TrainAsync() => await Jobs.WaitAsync(
        _store, (await Jobs.BeginAsync(_store, JobKind.Training, "", new TrainingRequest(Today, TrainingCause.Asked))).Job);

    private async Task NightAsync()
    {
        _cluster.Time.Advance(TimeSpan.FromDays(1));
        await _cluster.Grains.GetRetraining(_store).WatchAsync(_since);
        await IdleAsync();
    }

    // One job may have another follow.
    private async Task IdleAsync()
    {
        while (await _cluster.Records.OpenAsync(_store, JobLane.Models) is [var job, ..])
        {
            await Jobs.WaitAsync(_store, job);
        }
    }

    private void TrainEvery(TimeSpan every)
    {
        for (var silo = 0; silo < _cluster.Silos.Count; silo++)
        {
            _cluster.Service<IOptions<RetrainingOptions>>(silo).Value.Every = every;
        }
    }

    // Trains, predicts in the next night, and looks 30 days later.
    private async Task<Calibration> MonthAsync()
    {
        TrainEvery(TimeSpan.Zero);
        await TrainAsync();
        await NightAsync();
        _cluster.Time.Skip(TimeSpan.FromDays(29));
        Assert.Empty((await ReportAsync()).Months);
        _cluster.Time.Advance(TimeSpan.FromDays(1));
        return Assert.Single((await ReportAsync()).Months);
    }

    private async Task<DriftReport> ReportAsync() =>
        await _cluster.Service<DriftReports>(0).MakeAsync(_store, (await _cluster.Registry.FindChampionAsync(_store))!.Version);

    private async Task AssertSkippedAsync(string start)
    {
        var last = (await _cluster.Registry.TrainingsAsync(_store, 10))[0];
        Assert.Equal((TrainingOutcome.Skipped, null), (last.Outcome, last.Champion));
        Assert.StartsWith(start, Assert.Single(last.Log).Text, StringComparison.Ordinal);
        Assert.Equal(2, last.Number);
    }
}
