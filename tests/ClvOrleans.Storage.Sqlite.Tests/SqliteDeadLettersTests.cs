using System.Diagnostics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Refused events: kept up to a quota, counted beyond, never in the way of commits.</summary>
public sealed class SqliteDeadLettersTests : IAsyncDisposable
{
    private static readonly StoreId Store = Letters.Store;
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_letter_comes_back_as_it_was_kept()
    {
        var letters = New();
        var sent = Letters.Of("m1", "ios", "invalid_money", bytes: 5);
        await letters.AddAsync([sent]);

        var kept = Assert.Single(await letters.ListAsync(Store, new DeadLetterQuery(), 0, 10));
        Assert.Equal(sent with { Id = kept.Id, Payload = default }, kept with { Payload = default });
        Assert.Equal(sent.Payload.ToArray(), kept.Payload.ToArray());
        Assert.Equal(kept.Id, (await letters.FindAsync(Store, kept.Id))?.Id);
        Assert.Null(await letters.FindAsync(new StoreId("other"), kept.Id));
    }

    [Fact]
    public async Task The_oldest_letters_of_a_source_stay_and_those_beyond_its_quota_are_counted_by_code()
    {
        var letters = New(most: 150);
        await letters.AddAsync(Letters.Many(100));
        await letters.AddAsync([.. Letters.Many(300).Skip(100)]);
        await letters.AddAsync([Letters.Of("late", code: "invalid_type"), Letters.Of("other", "ios")]);

        var kept = await letters.ListAsync(Store, new DeadLetterQuery(Source: "web"), 0, 1_000);
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"web-{i:D6}"), kept.Select(l => l.MessageId));
        Assert.Equal(
            [
                new DeadLetterCount("invalid_type", "web", 0, 1),
                new DeadLetterCount("missing_user_id", "ios", 1, 0),
                new DeadLetterCount("missing_user_id", "web", 150, 150),
            ],
            await letters.CountAsync(Store));
    }

    [Fact]
    public async Task The_bytes_of_a_source_are_bounded_too()
    {
        var letters = New(most: 1_000_000, bytes: 1 << 20);
        await letters.AddAsync(Letters.Many(64, bytes: 64 * 1024));
        var kept = await letters.ListAsync(Store, new DeadLetterQuery(), 0, 1_000);
        Assert.Equal(15, kept.Count);
        Assert.Equal(49, Assert.Single(await letters.CountAsync(Store)).Beyond);
    }

    [Fact]
    public async Task A_message_that_comes_again_while_its_letter_is_open_is_kept_once_and_not_counted()
    {
        var letters = New(most: 1);
        await letters.AddAsync([Letters.Of("m1"), Letters.Of("m1")]);
        await letters.AddAsync([Letters.Of("m1")]);
        Assert.Equal([new DeadLetterCount("missing_user_id", "web", 1, 0)], await letters.CountAsync(Store));
    }

    [Fact]
    public async Task Replaying_or_discarding_a_letter_makes_room_for_another()
    {
        var letters = New(most: 2);
        await letters.AddAsync(Letters.Many(2));
        var ids = (await letters.ListAsync(Store, new DeadLetterQuery(), 0, 10)).Select(l => l.Id).ToArray();
        await letters.MarkReplayedAsync(Store, ids[0], DateTimeOffset.UnixEpoch);
        await letters.DiscardAsync(Store, ids[1]);
        await letters.AddAsync([Letters.Of("a"), Letters.Of("b"), Letters.Of("c")]);

        var kept = await letters.ListAsync(Store, new DeadLetterQuery(), 0, 10);
        Assert.Equal(["a", "b"], kept.Select(l => l.MessageId));
        Assert.Equal([new DeadLetterCount("missing_user_id", "web", 2, 1)], await letters.CountAsync(Store));
    }

    [Fact]
    public async Task Letters_are_discarded_together_with_what_was_counted_of_them()
    {
        var letters = New(most: 200);
        await letters.AddAsync(Letters.Many(300));
        await letters.AddAsync([Letters.Of("kept", "ios")]);
        Assert.Equal(200, await letters.DiscardAsync(Store, new DeadLetterQuery(Source: "web")));
        Assert.Equal([new DeadLetterCount("missing_user_id", "ios", 1, 0)], await letters.CountAsync(Store));
        await letters.AddAsync(Letters.Many(200));
        Assert.Equal(200, (await letters.CountAsync(Store)).Single(c => c.Source == "web").Letters);
    }

    [Fact]
    public async Task A_flood_of_refused_events_does_not_keep_a_commit_waiting()
    {
        var letters = New();
        var flood = letters.AddAsync(Letters.Many(20_000));
        var slowest = TimeSpan.Zero;
        for (var i = 0; !flood.IsCompleted || i == 0; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await _store.Journal.AppendAsync(Commits.Of($"c{i}", 0, $"m{i}"));
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
        Assert.True(order.Take(order.LastIndexOf("commit")).Count(o => o == "letter") <= 1, string.Join(' ', order)); // One is between two groups.
    }

    private SqliteDeadLetters New(int most = 10_000, long bytes = 64L << 20) =>
        new(_store.Database, _store.Writer, new DeadLetterOptions { MostLetters = most, MostBytes = bytes });
}
