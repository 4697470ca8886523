using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Conformance.DeadLetters;

/// <summary><see cref="IDeadLetters"/>: refused events, kept up to a quota and counted beyond it.</summary>
public class DeadLetterTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_letter_comes_back_as_it_was_kept()
    {
        var sent = Sample.Letter("m1", "ios", "invalid_money", bytes: 5);
        await Store.DeadLetters.AddAsync([sent]);
        await ReopenAsync();

        var kept = Assert.Single(await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10));
        Assert.Equal(sent with { Id = kept.Id, Payload = default }, kept with { Payload = default });
        Assert.Equal(sent.Payload.ToArray(), kept.Payload.ToArray());
        Assert.Equal(kept.Id, (await Store.DeadLetters.FindAsync(Shop, kept.Id))?.Id);
        Assert.Null(await Store.DeadLetters.FindAsync(Other, kept.Id));
        Assert.Null(await Store.DeadLetters.FindAsync(Shop, kept.Id + 1));
    }

    [Fact]
    public async Task The_oldest_letters_of_a_source_stay_and_those_beyond_its_quota_are_counted_by_code()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 150 });
        await Store.DeadLetters.AddAsync(Sample.Letters(100));
        await Store.DeadLetters.AddAsync([.. Sample.Letters(300).Skip(100)]);
        await Store.DeadLetters.AddAsync([Sample.Letter("late", code: "invalid_type"), Sample.Letter("other", "ios")]);

        var kept = await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(Source: "web"), 0, 1_000);
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"web-{i:D6}"), kept.Select(l => l.MessageId));
        Assert.Equal(
            [
                new DeadLetterCount("invalid_type", "web", 0, 1),
                new DeadLetterCount("missing_user_id", "ios", 1, 0),
                new DeadLetterCount("missing_user_id", "web", 150, 150),
            ],
            await Store.DeadLetters.CountAsync(Shop));
    }

    [Fact]
    public async Task The_bytes_of_a_source_are_bounded_too()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 1_000_000, MostBytes = 1 << 20 });
        await Store.DeadLetters.AddAsync(Sample.Letters(64, bytes: 64 * 1024));
        Assert.Equal(15, (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 1_000)).Count);
        Assert.Equal(49, Assert.Single(await Store.DeadLetters.CountAsync(Shop)).Beyond);
    }

    [Fact]
    public async Task A_message_that_comes_again_while_its_letter_is_open_is_kept_once_and_not_counted()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 1 });
        await Store.DeadLetters.AddAsync([Sample.Letter("m1"), Sample.Letter("m1")]);
        await Store.DeadLetters.AddAsync([Sample.Letter("m1")]);
        Assert.Equal([new DeadLetterCount("missing_user_id", "web", 1, 0)], await Store.DeadLetters.CountAsync(Shop));
    }

    [Fact]
    public async Task A_message_whose_letter_is_open_is_not_counted_though_others_beside_it_are_beyond_the_quota()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 1 });
        await Store.DeadLetters.AddAsync([Sample.Letter("m1")]);
        await Store.DeadLetters.AddAsync([.. Sample.Letters(2_000), Sample.Letter("m1")]);
        Assert.Equal([new DeadLetterCount("missing_user_id", "web", 1, 2_000)], await Store.DeadLetters.CountAsync(Shop));
    }

    [Fact]
    public async Task Of_the_letters_that_were_replayed_as_many_make_room_as_it_takes_the_oldest_first()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 4 });
        await Store.DeadLetters.AddAsync(Sample.Letters(4));
        foreach (var letter in (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).Skip(1))
        {
            await Store.DeadLetters.MarkReplayedAsync(Shop, letter.Id, Sample.Time);
        }

        await Store.DeadLetters.AddAsync([Sample.Letter("a")]);
        Assert.Equal(
            ["web-000000", "web-000002", "web-000003", "a"],
            (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).Select(l => l.MessageId));
    }

    [Fact]
    public async Task Replaying_or_discarding_a_letter_makes_room_for_another()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 2 });
        await Store.DeadLetters.AddAsync(Sample.Letters(2));
        var ids = (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).Select(l => l.Id).ToArray();
        await Store.DeadLetters.MarkReplayedAsync(Shop, ids[0], DateTimeOffset.UnixEpoch);
        Assert.Equal(DateTimeOffset.UnixEpoch, (await Store.DeadLetters.FindAsync(Shop, ids[0]))!.ReplayedAt);
        await Store.DeadLetters.DiscardAsync(Shop, ids[1]);
        await Store.DeadLetters.DiscardAsync(Shop, ids[1]);
        await Store.DeadLetters.AddAsync([Sample.Letter("a"), Sample.Letter("b"), Sample.Letter("c")]);

        var kept = await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10);
        Assert.Equal(["a", "b"], kept.Select(l => l.MessageId));
        Assert.Equal([new DeadLetterCount("missing_user_id", "web", 2, 1)], await Store.DeadLetters.CountAsync(Shop));
    }

    [Fact]
    public async Task Letters_are_discarded_together_with_what_was_counted_of_them()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 200 });
        await Store.DeadLetters.AddAsync(Sample.Letters(300));
        await Store.DeadLetters.AddAsync([Sample.Letter("kept", "ios"), Sample.Letter("other", store: Other)]);
        Assert.Equal(200, await Store.DeadLetters.DiscardAsync(Shop, new DeadLetterQuery(Source: "web")));
        Assert.Equal([new DeadLetterCount("missing_user_id", "ios", 1, 0)], await Store.DeadLetters.CountAsync(Shop));
        Assert.Single(await Store.DeadLetters.CountAsync(Other));
        await Store.DeadLetters.AddAsync(Sample.Letters(200));
        Assert.Equal(200, (await Store.DeadLetters.CountAsync(Shop)).Single(c => c.Source == "web").Letters);
    }

    [Fact]
    public async Task A_list_holds_what_the_query_asks_for_page_by_page_the_oldest_first()
    {
        await Store.DeadLetters.AddAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Letter(
            $"m{i}", i % 2 == 0 ? "web" : "ios", i % 3 == 0 ? "invalid_type" : "missing_user_id", at: Sample.Time.AddHours(i)))]);
        var all = new List<DeadLetter>();
        while (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), all.LastOrDefault()?.Id ?? 0, 7) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        Assert.Equal(40, all.Count);
        await Store.DeadLetters.MarkReplayedAsync(Shop, all.Single(l => l.MessageId == "m24").Id, Sample.Time);
        var query = new DeadLetterQuery("invalid_type", "web", Sample.Time.AddHours(10), OpenOnly: true);
        Assert.Equal(
            ["m12", "m18", "m30", "m36"],
            (await Store.DeadLetters.ListAsync(Shop, query, 0, 100)).Select(l => l.MessageId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Letters_from_before_a_time_are_removed_and_make_room()
    {
        await ReopenAsync(new DeadLetterOptions { MostLetters = 3 });
        await Store.DeadLetters.AddAsync(
        [
            Sample.Letter("new", at: Sample.Time), Sample.Letter("old", at: Sample.Time.AddMilliseconds(-1)),
            Sample.Letter("older", at: Sample.Time.AddDays(-9)), Sample.Letter("other", store: Other, at: Sample.Time.AddDays(-9)),
        ]);
        Assert.Equal(2, await Store.DeadLetters.PruneAsync(Shop, Sample.Time));
        Assert.Equal(0, await Store.DeadLetters.PruneAsync(Shop, Sample.Time));
        Assert.Equal("new", Assert.Single(await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).MessageId);
        Assert.Single(await Store.DeadLetters.ListAsync(Other, new DeadLetterQuery(), 0, 10));
        await Store.DeadLetters.AddAsync(Sample.Letters(2));
        Assert.Equal(3, (await Store.DeadLetters.CountAsync(Shop)).Single().Letters);
    }
}
