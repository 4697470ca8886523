using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Conformance.Policies;

/// <summary><see cref="IDecisions"/>: each decision once, and no limit exceeded, whoever writes.</summary>
public class DecisionTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly CustomerId Anna = Sample.Customer("anna");
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public async Task A_decision_comes_back_as_it_was_taken()
    {
        await StartAsync("anna");
        var decision = SamplePolicies.Decision("anna", 1);
        Assert.Equal(DecisionOutcome.Acted, decision.Outcome);
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(decision));
        await ReopenAsync();

        var kept = (await Store.Decisions.FindAsync(Shop, decision.Id))!;
        Assert.Equal(Text(decision), Text(kept.Decision));
        Assert.Equal(Text(decision), Text(DecisionRule.Decide(SamplePolicies.Policy, kept.Decision.Inputs)));
        Assert.Equal(DecisionCharge.Of(SamplePolicies.Policy, decision), kept.Charge);
        Assert.Null(await Store.Decisions.FindAsync(Other, decision.Id));
    }

    [Fact]
    public async Task A_batch_is_kept_once_and_of_the_last_writer_only()
    {
        await StartAsync("anna");
        var first = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        var batch = SamplePolicies.Batch(first.Writer, "anna", SamplePolicies.Decision("anna", 1));
        Assert.Equal(DecisionStatus.Kept, await Store.Decisions.AppendAsync(batch));
        Assert.Equal(DecisionStatus.Stale, await Store.Decisions.AppendAsync(batch));
        Assert.Equal(DecisionStatus.Stale, await Store.Decisions.AppendAsync(batch with { After = 1, UpTo = 2 }));

        var second = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        Assert.Equal((first.Writer + 1, 1), (second.Writer, second.UpTo));
        var next = SamplePolicies.Batch(first.Writer, "anna", SamplePolicies.Decision("anna", 1, "b")) with { After = 1, UpTo = 2 };
        Assert.Equal(DecisionStatus.Fenced, await Store.Decisions.AppendAsync(next));
        Assert.Equal(DecisionStatus.Kept, await Store.Decisions.AppendAsync(next with { Writer = second.Writer }));
        Assert.Equal(2, (await Store.Decisions.TakeAsync(Shop, Anna.Shard)).UpTo);
        Assert.Equal(2, (await Store.Decisions.ReadAsync(Shop, 0, 10)).Count);
    }

    [Fact]
    public async Task A_batch_of_several_shards_is_kept_for_all_of_them_or_for_none()
    {
        await StartAsync("anna");
        await StartAsync("bea");
        var (one, other) = (await Store.Decisions.TakeAsync(Shop, Anna.Shard), await TakeAsync());
        Assert.NotEqual(Anna.Shard, Sample.Customer("bea").Shard);
        var batch = SamplePolicies.Batch(one.Writer, "anna", SamplePolicies.Decision("anna", 1), SamplePolicies.Decision("bea", 1));
        Assert.Equal(DecisionStatus.Stale, await AppendAsync(other with { UpTo = 7 }));
        Assert.Equal(DecisionStatus.Fenced, await AppendAsync(other with { Writer = other.Writer - 1 }));
        Assert.Empty(await Store.Decisions.ReadAsync(Shop, 0, 10));
        Assert.Equal(0, (await TakeAsync()).UpTo);
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(await TakeAsync()));
        Assert.Equal((1, 1), ((await Store.Decisions.TakeAsync(Shop, Anna.Shard)).UpTo, (await TakeAsync()).UpTo));
        Assert.Equal(2, (await Store.Decisions.ReadAsync(Shop, 0, 10)).Count);

        Task<DecisionShard> TakeAsync() => Store.Decisions.TakeAsync(Shop, Sample.Customer("bea").Shard);
        Task<DecisionStatus> AppendAsync(DecisionShard shard) => Store.Decisions.AppendAsync(batch with
        {
            Others = [new FollowedShard(Sample.Customer("bea").Shard, shard.Writer, shard.UpTo, shard.UpTo + 1)],
        });
    }

    [Fact]
    public async Task A_decision_of_a_customer_who_has_moved_on_is_stale()
    {
        await StartAsync("anna");
        Assert.Equal(DecisionStatus.Stale, await AppendAsync(SamplePolicies.Decision("anna", 2)));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m1"));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1) with { Merged = new IdentityMerge(Anna, 1) });
        Assert.Equal(DecisionStatus.Stale, await AppendAsync(SamplePolicies.Decision("anna", 1)));
        Assert.Equal(DecisionStatus.Stale, await AppendAsync(SamplePolicies.Decision("anna", 2)));
        Assert.Empty(await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10)));
    }

    [Fact]
    public async Task A_batch_that_would_exceed_the_budget_is_kept_in_no_part()
    {
        await StartAsync("anna");
        Assert.Equal(DecisionStatus.Kept, await AppendAsync([.. "abcd".Select(c => SamplePolicies.Decision("anna", 1, $"{c}"))]));
        Assert.Equal(DecisionStatus.Stale, await AppendAsync([.. "ef".Select(c => SamplePolicies.Decision("anna", 1, $"{c}"))]));
        Assert.Equal(4, (await Store.Decisions.ReadAsync(Shop, 0, 10)).Count);
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(SamplePolicies.Decision("anna", 1, "e")));
        var spending = await Store.Decisions.FindSpendingAsync(Shop, Day);
        Assert.Equal((new Money(1_000), 5), (spending.Spent[(SamplePolicies.Id, 0)], spending.Actions[SamplePolicies.Id]));
        Assert.Empty((await Store.Decisions.FindSpendingAsync(Shop, Day.AddDays(1))).Actions);
    }

    [Fact]
    public async Task Writers_of_many_shards_together_keep_to_the_budget()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"c{i}")];
        foreach (var name in names)
        {
            await StartAsync(name);
        }

        var status = await Task.WhenAll(names.DistinctBy(n => Sample.Customer(n).Shard).Select(name => Task.Run(async () =>
        {
            var taken = await Store.Decisions.TakeAsync(Shop, Sample.Customer(name).Shard);
            return await Store.Decisions.AppendAsync(SamplePolicies.Batch(taken.Writer, name, SamplePolicies.Decision(name, 1)));
        })));
        Assert.Equal(5, status.Count(s => s == DecisionStatus.Kept));
        Assert.Equal(new Money(1_000), (await Store.Decisions.FindSpendingAsync(Shop, Day)).Spent[(SamplePolicies.Id, 0)]);
    }

    [Fact]
    public async Task Whoever_follows_the_numbers_of_decisions_misses_none_while_shards_decide_at_once()
    {
        const int Batches = 10;
        var policy = SamplePolicies.Policy with { Budget = new PolicyBudget(new Money(1_000_000)) };
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"c{i}").DistinctBy(n => Sample.Customer(n).Shard).Take(8)];
        foreach (var name in names)
        {
            await StartAsync(name);
        }

        var deciding = Task.WhenAll(names.Select(name => Task.Run(async () =>
        {
            var taken = await Store.Decisions.TakeAsync(Shop, Sample.Customer(name).Shard);
            for (var i = 0; i < Batches; i++)
            {
                DecisionRecord[] records = [.. "ab".Select(c => SamplePolicies.Decision(name, 1, $"{c}{i}", policy))
                    .Select(d => new DecisionRecord(d, DecisionCharge.Of(policy, d)))];
                Assert.Equal(DecisionStatus.Kept, await Store.Decisions.AppendAsync(
                    SamplePolicies.Batch(taken.Writer, name) with { After = i, UpTo = i + 1, Decisions = [.. records] }));
            }
        })));
        var (last, followed) = (0L, new List<DecisionId>());
        for (var isLastLook = false; !isLastLook;)
        {
            isLastLook = deciding.IsCompleted;
            foreach (var decision in await Store.Decisions.ReadAsync(Shop, last, 1_000))
            {
                followed.Add(decision.Decision.Id);
                last = decision.Number;
            }
        }

        await deciding;
        Assert.Equal(2 * Batches * names.Length, followed.Distinct().Count());
        Assert.Equal(followed.Distinct(), followed);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(null, 1)]
    public async Task The_caps_of_a_day_and_of_a_channel_hold(int? dayCap, int? channelCap)
    {
        await StartAsync("anna");
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(Capped("a", dayCap, channelCap)));
        Assert.Equal(DecisionStatus.Stale, await AppendAsync(Capped("b", dayCap, channelCap)));
        Assert.Equal([(ActionChannel.Email, new ContactDay(Day, 1))], (await Store.Decisions.FindPastAsync(Anna, Day)).Contacts);
        Assert.Empty((await Store.Decisions.FindPastAsync(Anna, Day.AddDays(1))).Contacts);
    }

    [Fact]
    public async Task What_surely_failed_is_given_back_once()
    {
        await StartAsync("anna");
        var record = Capped("a", 1, 1);
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(record));
        Assert.True(await Store.Decisions.GiveBackAsync(Shop, record.Decision.Id, Sample.Time));
        Assert.False(await Store.Decisions.GiveBackAsync(Shop, record.Decision.Id, Sample.Time));
        Assert.False(await Store.Decisions.GiveBackAsync(Other, record.Decision.Id, Sample.Time));
        Assert.Equal(Sample.Time, (await Store.Decisions.FindAsync(Shop, record.Decision.Id))!.GivenBackAt);
        Assert.True(Assert.Single((await Store.Decisions.FindPastAsync(Anna, Day)).Decisions).IsGivenBack);
        Assert.Equal(Money.Zero, Assert.Single(await Store.Decisions.CountAsync(Shop)).Cost);
        Assert.Equal(DecisionStatus.Kept, await AppendAsync(Capped("b", 1, 1)));
    }

    [Theory]
    [InlineData(DeliveryState.Dead, false, true)]
    [InlineData(DeliveryState.Cancelled, false, true)]
    [InlineData(DeliveryState.Dead, true, false)]
    [InlineData(DeliveryState.Sent, false, false)]
    public async Task The_end_of_a_delivery_gives_back_where_it_surely_failed(DeliveryState end, bool mayHaveArrived, bool isGivenBack)
    {
        await StartAsync("anna");
        var record = Capped("a", 1, 1);
        await AppendAsync(record);
        var delivery = Sample.Delivery("d", "anna") with { Decision = record.Decision.Id };
        await Store.Deliveries.AddAsync(Shop, [delivery]);
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        var ended = delivery with { State = end, EndedAt = Sample.Time, MayHaveArrived = mayHaveArrived };
        Assert.True(await Store.Deliveries.TryPutAsync(Shop, Anna.Shard, writer, [ended]));
        Assert.Equal(isGivenBack ? Sample.Time : null, (await Store.Decisions.FindAsync(Shop, record.Decision.Id))!.GivenBackAt);
    }

    [Fact]
    public async Task Who_is_under_way_is_due_in_order_and_once_in_a_policy()
    {
        await StartAsync("anna");
        var (soon, late) = (Sample.Time.AddDays(1), Sample.Time.AddDays(2));
        await EnrollAsync(SamplePolicies.Enrollment("anna", late), SamplePolicies.Enrollment("anna", soon, "thanks"));
        Assert.Empty(await DueAsync(Sample.Time));
        Assert.Empty(await Store.Decisions.FindDueShardsAsync(Shop, Sample.Time));
        Assert.Equal([Anna.Shard], await Store.Decisions.FindDueShardsAsync(Shop, soon));
        Assert.Equal(["thanks", "win-back"], (await DueAsync(late)).Select(e => e.Policy.Value));
        await EnrollAsync(SamplePolicies.Enrollment("anna", soon) with { Occasion = new Occasion("b", "2.1.0", 3) });
        Assert.Equal("b/2.1.0/3", (await DueAsync(soon)).Single(e => e.Policy == SamplePolicies.Id).Occasion.ToString());

        var taken = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        await Store.Decisions.AppendAsync(
            SamplePolicies.Batch(taken.Writer, "anna") with { After = taken.UpTo, UpTo = taken.UpTo, Ended = [(Anna, SamplePolicies.Id)] });
        Assert.Equal("thanks", Assert.Single((await Store.Decisions.FindPastAsync(Anna, Day)).Enrolled).Value);
    }

    [Fact]
    public async Task A_merge_adds_up_what_counts_and_keeps_one_under_way()
    {
        await StartAsync("anna");
        await StartAsync("bea");
        await AppendAsync(SamplePolicies.Decision("anna", 1));
        await EnrollAsync(SamplePolicies.Enrollment("anna", Sample.Time), SamplePolicies.Enrollment("anna", Sample.Time, "thanks"));
        var bea = await Store.Decisions.TakeAsync(Shop, Sample.Customer("bea").Shard);
        await Store.Decisions.AppendAsync(SamplePolicies.Batch(bea.Writer, "bea", SamplePolicies.Decision("bea", 1)) with
        {
            After = bea.UpTo,
            UpTo = bea.UpTo,
            Enrolled = [SamplePolicies.Enrollment("bea", Sample.Time.AddDays(1))],
        });
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1) with { Merged = new IdentityMerge(Anna, 1) });

        var past = await Store.Decisions.FindPastAsync(Sample.Customer("bea"), Day);
        Assert.Equal(2, past.Decisions.Length);
        Assert.Equal([(ActionChannel.Email, new ContactDay(Day, 2))], past.Contacts);
        Assert.Equal(["thanks", "win-back"], past.Enrolled.Select(p => p.Value));
        Assert.Equal(Text(CustomerPast.None), Text(await Store.Decisions.FindPastAsync(Anna, Day)));
        var due = await Store.Decisions.DueAsync(Shop, Sample.Customer("bea").Shard, Sample.Time, 10);
        Assert.Equal([Sample.Customer("bea"), Sample.Customer("bea")], due.Select(e => e.Customer));
        Assert.All(
            await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10)), d => Assert.Equal(Sample.Customer("bea"), d.Decision.Customer));
    }

    [Fact]
    public async Task Decisions_are_found_by_what_they_are_and_counted()
    {
        await StartAsync("anna");
        var refused = DecisionRule.Decide(
            SamplePolicies.Policy, SamplePolicies.Inputs(Anna, 1, "z", Sample.Time) with { Consent = ConsentStanding.Denied });
        await AppendAsync(SamplePolicies.Decision("anna", 1), SamplePolicies.Decision("anna", 1, "b"), refused);

        var all = await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10));
        Assert.Equal(["z/0/0", "b/0/0", "a/0/0"], all.Select(d => d.Decision.Inputs.Occasion.ToString()));
        Assert.Equal(
            all.Skip(1).Select(d => d.Number),
            (await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10, Before: all[0].Number))).Select(d => d.Number));
        Assert.Equal(
            refused.Id,
            Assert.Single(await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10, Reason: DecisionReason.Consent))).Decision.Id);
        Assert.Equal(2, (await Store.Decisions.QueryAsync(
            new DecisionQuery(Shop, 10, SamplePolicies.Id, Anna, DecisionOutcome.Acted, DecisionReason.Worthwhile))).Count);
        Assert.Empty(await Store.Decisions.QueryAsync(new DecisionQuery(Shop, 10, Customer: Sample.Customer("bea"))));
        Assert.Equal([all[0].Number], (await Store.Decisions.ReadAsync(Shop, all[1].Number, 5)).Select(d => d.Number));
        Assert.Equal(
            [
                new DecisionCount(SamplePolicies.Id, DecisionOutcome.Acted, DecisionReason.Worthwhile, 2, new Money(400)),
                new DecisionCount(SamplePolicies.Id, DecisionOutcome.Suppressed, DecisionReason.Consent, 1, Money.Zero),
            ],
            await Store.Decisions.CountAsync(Shop));
    }

    [Fact]
    public async Task Old_suppressed_decisions_are_removed_and_what_limits_rest_on_is_not()
    {
        await StartAsync("anna");
        Decision Refused(string cause, int days) => DecisionRule.Decide(
            SamplePolicies.Policy,
            SamplePolicies.Inputs(Anna, 1, cause, Sample.Time.AddDays(days)) with { Consent = ConsentStanding.Denied });
        await AppendAsync(SamplePolicies.Decision("anna", 1), Refused("x", 0), Refused("y", 5), SamplePolicies.Decision("anna", 1, "b"));
        var (past, spending) = (await Store.Decisions.FindPastAsync(Anna, Day), await Store.Decisions.FindSpendingAsync(Shop, Day));
        Assert.Equal(0, await Store.Decisions.PruneAsync(Other, Sample.Time.AddDays(9)));
        Assert.Equal(1, await Store.Decisions.PruneAsync(Shop, Sample.Time.AddDays(1)));
        Assert.Equal(0, await Store.Decisions.PruneAsync(Shop, Sample.Time.AddDays(1)));
        Assert.Equal(
            ["a/0/0", "y/0/0", "b/0/0"], (await Store.Decisions.ReadAsync(Shop, 0, 9)).Select(d => d.Decision.Inputs.Occasion.ToString()));
        Assert.Equal(past.Decisions, (await Store.Decisions.FindPastAsync(Anna, Day)).Decisions);
        Assert.Equal(spending.Spent, (await Store.Decisions.FindSpendingAsync(Shop, Day)).Spent);
    }

    // Two candidates at a pace of one for 1.00 a day: 4.00 were spent where 2.00 might have been, two days' worth too much.
    [Fact]
    public async Task The_price_moves_with_what_is_spent()
    {
        await StartAsync("anna");
        await AppendAsync(SamplePolicies.Decision("anna", 1), SamplePolicies.Decision("anna", 1, "b"));
        var spending = await Store.Decisions.FindSpendingAsync(Shop, Day.AddDays(1));
        Assert.Equal(2, spending.Price);
        Assert.Equal([2], spending.Candidates);
        Assert.Empty((await Store.Decisions.FindSpendingAsync(Shop, Day)).Candidates);
        Assert.Equal(0, (await Store.Decisions.FindSpendingAsync(Other, Day)).Price);
    }

    private static string Text(Decision decision) => JsonSerializer.Serialize(decision, PoliciesJson.Default.Decision);

    private static string Text(CustomerPast past) => $"{past.Decisions.Length} {past.Contacts.Length} {past.Enrolled.Length}";

    private static DecisionRecord Capped(string cause, int? dayCap, int? channelCap)
    {
        var decision = SamplePolicies.Decision("anna", 1, cause);
        return new DecisionRecord(
            decision, DecisionCharge.Of(SamplePolicies.Policy, decision)! with { DayCap = dayCap, ChannelCap = channelCap });
    }

    private async Task StartAsync(string customer) => await Store.Journal.AppendAsync(Sample.Commit(customer, 0, $"m-{customer}"));

    private Task<DecisionStatus> AppendAsync(params Decision[] decisions) =>
        AppendAsync([.. decisions.Select(d => new DecisionRecord(d, DecisionCharge.Of(SamplePolicies.Policy, d)))]);

    private async Task<DecisionStatus> AppendAsync(params DecisionRecord[] records)
    {
        var taken = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        return await Store.Decisions.AppendAsync(SamplePolicies.Batch(taken.Writer, "anna") with
        {
            After = taken.UpTo,
            UpTo = taken.UpTo + 1,
            Decisions = [.. records],
            Candidates = records.Length,
        });
    }

    private async Task EnrollAsync(params Enrollment[] enrollments)
    {
        var taken = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        Assert.Equal(DecisionStatus.Kept, await Store.Decisions.AppendAsync(
            SamplePolicies.Batch(taken.Writer, "anna") with { After = taken.UpTo, UpTo = taken.UpTo, Enrolled = [.. enrollments] }));
    }

    private Task<IReadOnlyList<Enrollment>> DueAsync(DateTimeOffset now) => Store.Decisions.DueAsync(Shop, Anna.Shard, now, 10);
}
