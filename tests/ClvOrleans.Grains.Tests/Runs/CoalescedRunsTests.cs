using ClvOrleans.Grains.Runs;
using Xunit;

namespace ClvOrleans.Grains.Tests.Runs;

/// <summary>One run at a time, and none too few.</summary>
public sealed class CoalescedRunsTests
{
    [Fact]
    public void Whoever_asks_as_a_run_ends_has_another()
    {
        var runs = 0;
        using var work = new CoalescedRuns(_ =>
        {
            Interlocked.Increment(ref runs);
            return Task.CompletedTask;
        });
        for (var asked = 1; asked <= 10_000; asked++)
        {
            var before = Volatile.Read(ref runs);
            work.Ask();
            Assert.True(
                SpinWait.SpinUntil(() => Volatile.Read(ref runs) > before, TimeSpan.FromSeconds(10)), $"Nothing ran for call {asked}.");
        }
    }

    [Fact]
    public async Task Never_do_two_run_at_once_whoever_asks()
    {
        var (running, most, done) = (0, 0, 0);
        using var work = new CoalescedRuns(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                work.Ask();
            }
        })));
        await work.LeaveAsync();

        Assert.Equal(1, most);
        Assert.InRange(done, 1, 80_000);
    }

    [Fact]
    public async Task Whoever_waits_is_told_when_nothing_is_asked_for_any_more()
    {
        var (done, began) = (0, new TaskCompletionSource());
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var work = new CoalescedRuns(async _ =>
        {
            began.TrySetResult();
            await (done == 0 ? first : second).Task;
            done++;
        });
        work.Ask();
        await began.Task;
        var settled = work.SettleAsync();
        first.SetResult();
        await Task.Yield();
        Assert.False(settled.IsCompleted);
        second.SetResult();
        await settled;
        Assert.Equal(2, done);
    }

    [Fact]
    public async Task A_silo_that_stops_cancels_what_runs_and_nothing_begins_any_more()
    {
        using var silo = new CancellationTokenSource();
        var (begun, isCancelled) = (0, new TaskCompletionSource());
        using var work = new CoalescedRuns(
            async cancellation =>
            {
                begun++;
                await using var _ = cancellation.Register(isCancelled.SetResult);
                await isCancelled.Task;
            },
            silo.Token);
        work.Ask();
        await silo.CancelAsync();
        await work.WaitAsync();
        work.Ask();
        await work.LeaveAsync();
        Assert.InRange(begun, 0, 1);
    }
}
