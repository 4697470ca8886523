using System.Diagnostics;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Refused events are never in the way of commits.</summary>
public sealed class SqliteDeadLettersTests : IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_flood_of_refused_events_does_not_keep_a_commit_waiting()
    {
        var letters = new SqlDeadLetters(new SqliteSqlDatabase(_store.Database, _store.Writer));
        var flood = letters.AddAsync(Sample.Letters(20_000));
        var slowest = TimeSpan.Zero;
        for (var i = 0; !flood.IsCompleted || i == 0; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await _store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, $"m{i}"));
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest ? took : slowest;
        }

        await flood;
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // A busy machine; it was half a minute and more.
    }

    [Fact]
    public async Task A_commit_is_written_before_letters_that_came_first()
    {
        using var held = new ManualResetEventSlim();
        var order = new List<string>();
        var first = _store.Writer.WriteAsync(_ => held.Wait());
        var letters = Enumerable.Range(0, 3).Select(_ => _store.Writer.WriteLaterAsync(_ => order.Add("letter"))).ToArray();
        var commits = Enumerable.Range(0, 3).Select(_ => _store.Writer.WriteAsync(_ => order.Add("commit"))).ToArray();
        held.Set();
        await Task.WhenAll([first, .. letters, .. commits]);
        Assert.Equal((3, 3), (order.Count(o => o == "letter"), order.Count(o => o == "commit")));
        // One is between two groups.
        Assert.True(order.Take(order.LastIndexOf("commit")).Count(o => o == "letter") <= 1, string.Join(' ', order));
    }
}
