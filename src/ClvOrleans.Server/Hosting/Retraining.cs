using System.Globalization;
using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>Once a day, at night: looks at drift, and trains where it is time or drift asks for it.</summary>
internal sealed partial class Retraining(
    OneStore store, JobRunner jobs, TrainingJob training, DriftWatch watch, IModelRegistry registry, ICustomerRows heads,
    IOptions<RetrainingOptions> options, TimeProvider time, ILogger<Retraining> logger) : RepeatedService(time, logger)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>The next time that a clock in a time zone shows a time of day; where it skips it, the moment it would have.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, TimeOnly at, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Enumerable.Range(0, 3).Select(i => Instant(today.AddDays(i).ToDateTime(at))).First(t => t > now);

        DateTimeOffset Instant(DateTime local)
        {
            var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset);
        }
    }

    /// <summary>Does what one night asks for, after the jobs that are under way.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var reasons = await FindReasonsAsync(cancellation);
        if (options.Value.Every == TimeSpan.Zero || await CauseAsync(reasons.Length > 0, cancellation) is not { } cause)
        {
            return;
        }

        if (await ReasonToSkipAsync(cancellation) is { } reason)
        {
            await training.SkipAsync(cause, reason);
        }
        else
        {
            await WaitAsync(async () => (await training.BeginAsync(null, cause))?.Job, cancellation);
        }
    }

    // In short steps, since the clock on the wall may be put forward or back meanwhile.
    /// <inheritdoc />
    protected override async Task WaitAsync(CancellationToken cancellation)
    {
        var due = DateTimeOffset.MaxValue;
        for (var now = Time.GetUtcNow(); now < due; now = Time.GetUtcNow())
        {
            var next = Next(now, options.Value.At, store.Settings.TimeZone);
            due = next < due ? next : due;
            await Task.Delay(due - now < Step ? due - now : Step, Time, cancellation);
        }
    }

    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken cancellation) => CheckAsync(cancellation);

    // One job runs at a time: that of the night waits for those of the day.
    private async Task<JobRecord> WaitAsync(Func<Task<Job?>> begin, CancellationToken cancellation)
    {
        while (true)
        {
            if (await begin() is { } job)
            {
                return await job.Completion.WaitAsync(cancellation);
            }

            if (jobs.Running is { } running)
            {
                await running.Completion.WaitAsync(cancellation);
            }

            await Task.Yield();
        }
    }

    private async Task<string[]> FindReasonsAsync(CancellationToken cancellation)
    {
        var version = await watch.ChampionAsync(cancellation);
        try
        {
            await registry.OpenAsync(store.Settings.Id, version, cancellation);
        }
        catch (UnreadableModelException e)
        {
            LogUnreadable(e);
            return [e.Message];
        }

        var report = await WaitAsync(() => watch.BeginAsync(version, keepsPredictions: true), cancellation);
        string[] reasons = report.Result is { } result ? [.. result.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)] : [];
        if (reasons.Length > 0)
        {
            LogDrift(version.Id, string.Join("; ", reasons));
        }

        return reasons;
    }

    // Counted in local days from the last training that ended by itself, so that a summer's hour or a long training does not move the night.
    private async Task<TrainingCause?> CauseAsync(bool hasDrifted, CancellationToken cancellation)
    {
        var last = (await registry.TrainingsAsync(store.Settings.Id, 100, cancellation))
            .FirstOrDefault(t => t.Outcome is not TrainingOutcome.Cancelled and not TrainingOutcome.Failed);
        var days = last is null
            ? int.MaxValue
            : store.Settings.DayOf(Time.GetUtcNow()).DayNumber - store.Settings.DayOf(last.StartedAt).DayNumber;
        return days < 0 || days >= options.Value.Every.TotalDays ? TrainingCause.Scheduled // One of the future: the clock was ahead then.
            : hasDrifted && days > 0 && last!.Outcome == TrainingOutcome.Trained ? TrainingCause.Drift // Else it has just been refused or skipped.
            : null;
    }

    private async Task<string?> ReasonToSkipAsync(CancellationToken cancellation)
    {
        if (await registry.FindChampionAsync(store.Settings.Id, cancellation) is not { } champion)
        {
            return null;
        }

        if ((await registry.PromotionsAsync(store.Settings.Id, cancellation)).First(p => p.Cause != PromotionCause.Settings).Cause != PromotionCause.Training)
        {
            return $"Skipped: {champion.Version.Id} was promoted by hand and stays until a training is asked for.";
        }

        // Counted, not dated: history that was imported since is new too.
        var all = 0L;
        await foreach (var customer in heads.SummariesAsync(store.Settings.Id, cancellation))
        {
            all += customer.PurchaseDays.Length;
        }

        var fresh = all - champion.Version.Purchases;
        return fresh < options.Value.LeastChange * all
            ? string.Create(CultureInfo.InvariantCulture, $"Skipped: {fresh:N0} of {all:N0} purchases are new, less than a share of {options.Value.LeastChange}.")
            : null;
    }

    [LoggerMessage(3003, LogLevel.Warning, "Model {Model} should be trained again: {Reasons}.")]
    private partial void LogDrift(string model, string reasons);

    [LoggerMessage(3004, LogLevel.Warning, "The champion cannot be opened and should be trained again.")]
    private partial void LogUnreadable(Exception error);
}
