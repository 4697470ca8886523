using System.Threading.Channels;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Valuation.Jobs;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Tests.Jobs;

/// <summary>Work that is under way until a test ends it, and says which silo began it.</summary>
internal sealed class HeldWork(HeldWork.Room room, JobKind kind, SiloAddress silo) : IJobWork
{
    public JobKind Kind => kind;

    public Task<int?> FindNumberAsync(StoreId store) => Task.FromResult<int?>(1);

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var held = new Held(run, silo);
        await room.Begun(run.Store).Writer.WriteAsync(held);
        return await held.End.Task.WaitAsync(run.Cancellation);
    }

    public Task<BeginJob?> FollowAsync(JobRun run, JobOutcome outcome) =>
        Task.FromResult(run.Record.Subject == "first" ? new BeginJob(JobKind.Backtest, "second", "{}", Waits: true) : null);

    /// <summary>A job that was begun.</summary>
    public sealed record Held(JobRun Run, SiloAddress Silo)
    {
        public TaskCompletionSource<JobOutcome> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What was begun, store by store.</summary>
    public sealed class Room
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<StoreId, Channel<Held>> _begun = [];

        public Channel<Held> Begun(StoreId store) => _begun.GetOrAdd(store, _ => Channel.CreateUnbounded<Held>());

        /// <summary>The next job that is begun.</summary>
        public Task<Held> NextAsync(StoreId store) => Begun(store).Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }
}
