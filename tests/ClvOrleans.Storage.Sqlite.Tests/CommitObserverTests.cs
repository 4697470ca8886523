using System.Collections.Concurrent;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Whoever watches the commits learns of each that is durable.</summary>
public sealed class CommitObserverTests
{
    [Fact]
    public async Task Every_write_that_is_durable_is_told_once_and_none_that_failed()
    {
        var seen = new Seen();
        await using (var store = new TestStore(observer: seen))
        {
            await store.Journal.AppendAsync(Sample.Commit("anna", 0, "1"));
            Assert.Equal(1, Assert.Single(seen.Commits).Writes);
            Assert.True(seen.Commits.Single().Duration > TimeSpan.Zero);

            await Assert.ThrowsAsync<SequenceConflictException>(() => store.Journal.AppendAsync(Sample.Commit("anna", 0, "late")));
            Assert.Single(seen.Commits);
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, "1"))));
        }

        Assert.Equal(101, seen.Commits.Sum(c => c.Writes));
    }

    private sealed class Seen : ICommitObserver
    {
        public ConcurrentQueue<(int Writes, TimeSpan Duration)> Commits { get; } = new();

        public void OnCommitted(int writes, TimeSpan duration) => Commits.Enqueue((writes, duration));
    }
}
