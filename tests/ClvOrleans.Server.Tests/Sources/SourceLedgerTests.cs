using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Server.Tests.Sources;

public sealed class SourceLedgerTests
{
    [Fact]
    public async Task Whoever_reads_waits_for_the_counts_that_are_on_their_way_to_the_store()
    {
        var counts = new HeldCounts();
        var store = new OneStore(new StoreSettings { Id = new StoreId("shop") }, new Dictionary<string, string>(), []);
        var ledger = new SourceLedger(store, counts, TimeProvider.System);
        ledger.Count("web", SourceOutcome.Accepted, events: 3);
        var flush = ledger.FlushAsync(TestContext.Current.CancellationToken);
        await counts.Asked.Task;

        var read = ledger.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(read.IsCompleted);
        counts.Held.SetResult();
        Assert.Equal(3, Assert.Single(await read).Events);
        await flush;
    }

    // Counts that are written when they are let go.
    private sealed class HeldCounts : ISourceCounts
    {
        private readonly List<SourceCount> _kept = [];

        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task AddAsync(StoreId store, IReadOnlyCollection<SourceCount> counts, CancellationToken cancellation = default)
        {
            Asked.SetResult();
            await Held.Task;
            _kept.AddRange(counts);
        }

        public Task<IReadOnlyList<SourceCount>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<SourceCount>>([.. _kept]);
    }
}
