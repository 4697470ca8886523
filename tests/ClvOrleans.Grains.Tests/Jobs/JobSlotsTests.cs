using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Tests.Jobs;

/// <summary>The jobs of one store do not keep those of another waiting.</summary>
public sealed class JobSlotsTests
{
    private static readonly StoreId Busy = new("busy");
    private static readonly StoreId Other = new("other");
    private static readonly StoreId Third = new("third");

    [Fact]
    public async Task One_store_takes_what_there_is_and_its_next_waits()
    {
        var slots = Of(2);
        var first = await EnterAsync(slots, Busy);
        await EnterAsync(slots, Busy);
        var next = slots.EnterAsync(Busy, CancellationToken.None);
        Assert.False(next.IsCompleted);
        first.Dispose();
        Assert.NotNull(await next);
    }

    [Fact]
    public async Task A_store_that_has_none_is_let_in_beside_one_that_has_all_and_the_next_such_store_before_more_of_either()
    {
        var slots = Of(2);
        var running = new[] { await EnterAsync(slots, Busy), await EnterAsync(slots, Busy) };
        var more = slots.EnterAsync(Busy, CancellationToken.None);
        using var other = await EnterAsync(slots, Other);
        var (another, third) = (slots.EnterAsync(Other, CancellationToken.None), slots.EnterAsync(Third, CancellationToken.None));
        Assert.False(third.IsCompleted);

        running[0].Dispose();
        Assert.NotNull(await third);
        Assert.False(more.IsCompleted || another.IsCompleted);
        running[1].Dispose();
        Assert.False(another.IsCompleted);
        Assert.False(more.IsCompleted && another.IsCompleted);
    }

    [Fact]
    public async Task Whoever_gives_up_takes_no_slot_and_leaves_none_taken()
    {
        var slots = Of(1);
        var running = await EnterAsync(slots, Busy);
        using var cancellation = new CancellationTokenSource();
        var gone = slots.EnterAsync(Busy, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Null(await gone);
        Assert.Null(await slots.EnterAsync(Busy, cancellation.Token));
        running.Dispose();
        using var next = await EnterAsync(slots, Busy);
    }

    [Fact]
    public async Task However_stores_come_and_go_no_store_without_a_job_waits_for_one_that_has_several()
    {
        var (slots, random) = (Of(3), new Random(7));
        var (held, waiting) = (new List<(StoreId Store, IDisposable Slot)>(), new List<(StoreId Store, Task<IDisposable?> Task)>());
        var stores = new[] { Busy, Other, Third };
        for (var step = 0; step < 5_000; step++)
        {
            if (random.Next(2) == 0 && waiting.Count < 20)
            {
                var store = stores[random.Next(3)];
                waiting.Add((store, slots.EnterAsync(store, CancellationToken.None)));
            }
            else if (held.Count > 0)
            {
                var leaves = random.Next(held.Count);
                held[leaves].Slot.Dispose();
                held.RemoveAt(leaves);
            }

            await Task.Yield();
            var state = waiting.ToLookup(w => w.Task.IsCompleted);
            foreach (var (store, task) in state[true])
            {
                held.Add((store, (await task)!));
            }

            waiting = [.. state[false]];
            Assert.InRange(held.Count, 0, 4);
        }

        foreach (var (_, slot) in held)
        {
            slot.Dispose();
        }
    }

    private static JobSlots Of(int atOnce) => new(Options.Create(new JobOptions { AtOnce = atOnce }));

    // Without waiting.
    private static async Task<IDisposable> EnterAsync(JobSlots slots, StoreId store)
    {
        var entered = slots.EnterAsync(store, CancellationToken.None);
        return (await entered.WaitAsync(TimeSpan.FromSeconds(10)))!;
    }
}
