using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Tests.Watches;

/// <summary>Own segments in the customer grain, at midnight, and when they are defined anew.</summary>
public sealed class OwnSegmentTests : IClassFixture<StoreCluster>
{
    private readonly StoreCluster _cluster;
    private readonly StoreId _store;
    private readonly WatchAudit _audit;

    public OwnSegmentTests(StoreCluster cluster)
    {
        (_cluster, _store) = (cluster, cluster.NewStore());
        _audit = new WatchAudit(cluster, _store);
    }

    private CustomerId Anna => CustomerId.OfUser(_store, "anna");

    [Fact]
    public async Task An_event_that_moves_a_customer_into_a_segment_is_told_with_it_and_its_repetition_is_not()
    {
        await _audit.DefineAsync("vip", "orders >= 2 and historicValue > 15");
        await SendAsync(Sent.Order(Anna, "1", 1_000, 0), Sent.Order(Anna, "2", 1_000, 1));
        await SendAsync(Sent.Order(Anna, "1", 1_000, 0), Sent.Order(Anna, "2", 1_000, 1));
        await SendAsync(Sent.Refund(Anna, "2", null, "r1", 2));
        var transitions = await _audit.TransitionsAsync();
        Assert.Equal(
            ["Entered vip 1 order:2", "Left vip 1 r1"],
            transitions.Select(t => $"{t.Kind} {t.Subject.Id} {t.Entry} {t.Cause.Event!.Value.MessageId}"));
        Assert.True(
            transitions[0].Facts is { Sequence: 2, PredictedBefore: null, Lifecycle: not null, Model.Length: > 0 },
            $"{transitions[0].Facts}");
        Assert.Equal(transitions[0].Facts.Predicted, transitions[1].Facts.PredictedBefore);
        await _audit.AssertAsync();
    }

    [Fact]
    public async Task One_event_among_many_customers_and_200_rules_touches_one_customer()
    {
        var customers = Enumerable.Range(0, 300).Select(i => CustomerId.OfUser(_store, $"c{i}")).ToArray();
        for (var i = 0; i < SegmentRules.MostSegments; i++)
        {
            await _audit.DefineAsync($"s{i}", $"orders > {i % 7} and historicValue > {i} and lifecycle != 'lost'");
        }

        await SendAsync([.. customers.Select((c, i) => Sent.Order(c, $"o{i}", 1_000, i % 100))]);
        await _audit.RefreshAsync();
        var before = await CommitsAsync();
        var told = (await _audit.TransitionsAsync()).Count;
        await SendAsync(Sent.Order(customers[7], "more", 500_000, 110));
        await _audit.RefreshAsync();
        var after = await CommitsAsync();
        Assert.Equal([customers[7]], after.Where(a => before[a.Key] != a.Value).Select(a => a.Key));
        Assert.All(
            (await _audit.TransitionsAsync()).GroupBy(t => t.Customer),
            g => Assert.True(g.Key == customers[7] || g.All(t => t.Facts.Sequence == 1)));
        Assert.True((await _audit.TransitionsAsync()).Count > told);
    }

    [Fact]
    public async Task Silent_customers_turn_before_all_others_on_the_day_that_was_solved()
    {
        await _audit.DefineAsync("recent", "ordersWithin('30d') >= 1");
        var start = DateOnly.FromDateTime(Sent.Start.Date);
        var customers = Enumerable.Range(0, 40).Select(i => CustomerId.OfUser(_store, $"c{i}")).ToArray();
        var today = AnyStore.SettingsOf(_store).DayOf(_cluster.Time.GetUtcNow());
        await SendAsync([.. customers.Select((c, i) => Sent.Order(c, $"o{i}", 1_000, today.DayNumber - start.DayNumber - (i % 40)))]);
        await SolveAsync();
        var rows = await _audit.RowsAsync();

        // An order of a day is one of the last 30 days for 29 days more.
        Assert.All(rows, r => Assert.Equal(
            r.Summary.LastSeen > today.AddDays(-30) ? r.Summary.LastSeen.AddDays(30) : today.AddDays(WatchTurns.MostDays + 1), r.TurnsOn));

        _cluster.Time.Skip(TimeSpan.FromDays(10));
        var turning = rows.Where(r => r.TurnsOn <= today.AddDays(10)).Select(r => r.Id).ToHashSet();
        Assert.Equal(10, turning.Count);
        var before = await CommitsAsync();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            Assert.True(await _cluster.Grains.GetShard(_store, shard).TurnAsync());
        }

        Assert.Equal(turning, (await CommitsAsync()).Where(c => before[c.Key] != c.Value).Select(c => c.Key).ToHashSet());
        var left = (await _audit.TransitionsAsync()).Where(t => t.Kind == TransitionKind.Left).ToArray();
        Assert.Equal(turning, left.Select(t => t.Customer).ToHashSet());
        Assert.All(left, t => Assert.Equal(WatchCause.Time, t.Cause));
        await _audit.RefreshAsync();
        await _audit.AssertAsync();

        // A day that was solved stays; the others were solved anew.
        await SolveAsync();
        Assert.All(await _audit.RowsAsync(), r => Assert.NotNull(r.TurnsOn));
    }

    [Fact]
    public async Task A_new_definition_looks_at_every_customer_with_progress_and_a_changed_one_tells_only_of_changes()
    {
        var customers = Enumerable.Range(0, 50).Select(i => CustomerId.OfUser(_store, $"c{i}")).ToArray();
        await SendAsync([.. customers.Select((c, i) => Sent.Order(c, $"o{i}", 1_000 + (100 * i), 1))]);
        await _audit.RefreshAsync();
        await _audit.DefineAsync("big", "historicValue >= 30");
        await _audit.RefreshAsync();
        await _audit.AssertAsync();
        Assert.Equal(
            30, (await _audit.TransitionsAsync()).Count(t => t is { Kind: TransitionKind.Entered, Cause.Kind: WatchCauseKind.Definition }));

        await _audit.DefineAsync("big", "historicValue >= 40");
        await _audit.RefreshAsync();
        await _audit.AssertAsync();
        var left = (await _audit.TransitionsAsync()).Where(t => t.Kind == TransitionKind.Left).ToArray();
        Assert.Equal(10, left.Length);
        Assert.All(left, t => Assert.Equal((WatchCauseKind.Definition, 2L), (t.Cause.Kind, t.Revision)));
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));
        var report = await _cluster.Grains.GetSegments(_store).ReportAsync();
        Assert.Equal((2, 0, 20), (report.Definitions, report.Waiting, report.OwnSegments!["big"].Customers));
    }

    [Fact]
    public async Task A_silo_that_has_not_heard_of_a_definition_loses_nothing_and_is_corrected()
    {
        await SendAsync(Sent.Order(Anna, "1", 1_000, 0));
        var definitions = _cluster.Service<ISegmentDefinitions>(0);
        Assert.True(await definitions.TryPutAsync(_store, new SegmentDefinition { Id = new SegmentId("one"), Rule = "orders > 0" }, 0));
        _cluster.Service<ClvOrleans.Grains.Watches.WatchCache>(0).Forget(_store); // And not silo 1.
        await SendAsync(Sent.Order(Anna, "2", 1_000, 1));
        await SendAsync(Sent.Order(Anna, "3", 1_000, 2));
        _cluster.Time.Advance(ClvOrleans.Grains.Watches.WatchCache.Age);
        await _audit.RefreshAsync();
        await _audit.AssertAsync();
        Assert.Single(await _audit.TransitionsAsync());
    }

    [Fact]
    public async Task A_visitor_who_becomes_a_customer_stays_in_the_segment()
    {
        await _audit.DefineAsync("lookers", "count('PageViewed') >= 2");
        var visitor = CustomerId.OfVisitor(_store, "v1");
        await SendAsync(Sent.Page(visitor, "m1"), Sent.Page(visitor, "m2"));
        await SendAsync(Sent.Identify(Anna, visitor, "m3"));
        await _audit.AssertAsync();
        var transitions = await _audit.TransitionsAsync();
        Assert.Equal(
            ["Entered v1 1 False", "Left v1 1 False", "Entered anna 1 True"],
            transitions.OrderBy(t => t.At).ThenBy(t => t.Customer == Anna).ThenBy(t => t.Kind)
                .Select(t => $"{t.Kind} {t.Customer.Id} {t.Entry} {t.IsCarriedOver}"));
    }

    [Theory]
    [InlineData(FaultKind.Fail)]
    [InlineData(FaultKind.FailAfter)]
    public async Task Wherever_a_call_fails_and_is_repeated_each_change_is_told_once(FaultKind kind)
    {
        await _audit.DefineAsync("vip", "orders >= 2");
        foreach (var call in (string[])[
            "IJournal.AppendAsync", "IJournal.FindTipAsync", "IJournal.ReadAsync", "ICustomerRows.UpdateAsync", "ICustomerRows.LateAsync"
        ])
        {
            var customer = CustomerId.OfUser(_store, $"{kind}-{call}");
            for (var order = 0; order < 3; order++)
            {
                _cluster.Faults.Next(call, 1, new Fault(kind));
                for (var tries = 0; tries < 3; tries++)
                {
                    await _cluster.Router(tries % 2).RecordAsync([Sent.Order(customer, $"{call}-{order}-{kind}", 1_000, order)]);
                }
            }

            _cluster.Faults.Next(call, 1, new Fault(kind));
            _cluster.Time.Advance(TimeSpan.FromDays(1));
            for (var tries = 0; tries < 2; tries++)
            {
                try
                {
                    await _cluster.Grains.GetShard(_store, customer.Shard).RefreshAsync();
                }
                catch (IOException)
                {
                    // And again.
                }
            }

            _cluster.Faults.Stop();
            Assert.Single(await _audit.TransitionsAsync(), t => t.Customer == customer);
        }

        await _audit.RefreshAsync();
        await _audit.AssertAsync();
    }

    [Fact]
    public async Task Old_transitions_are_removed_after_the_days_that_are_kept()
    {
        await _audit.DefineAsync("one", "orders > 0");
        await SendAsync(Sent.Order(Anna, "1", 1_000, 0));
        Assert.Single(await _audit.TransitionsAsync());
        _cluster.Time.Skip(TimeSpan.FromDays(91));
        await _cluster.Grains.GetRefresh(_store).WatchAsync();
        for (var reads = 0; reads < 10_000 && (await _audit.TransitionsAsync()).Count > 0; reads++)
        {
            await Pause.ShortAsync();
        }

        Assert.Empty(await _audit.TransitionsAsync());
        await _audit.RefreshAsync();
        Assert.Equal("one", (await _audit.RowsAsync())[0].Contribution.Segments.Text);
    }

    private async Task SendAsync(params RoutedEvent[] events)
    {
        var outcomes = await _cluster.Router().RecordAsync(events);
        Assert.All(outcomes, o => Assert.True(o.Kind is OutcomeKind.Recorded or OutcomeKind.Duplicate, o.Message));
    }

    private async Task SolveAsync()
    {
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            while (!await _cluster.Grains.GetShard(_store, shard).SolveAsync())
            {
                // The next page.
            }
        }
    }

    private async Task<Dictionary<CustomerId, long>> CommitsAsync()
    {
        var commits = new Dictionary<CustomerId, long>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await foreach (var change in _cluster.Rows.ChangesAsync(_store, shard, 0))
            {
                commits[change.Customer] = change.Commit;
            }
        }

        return commits;
    }
}
