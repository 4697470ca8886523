using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Histories;

/// <summary>A history that is played to a cluster.</summary>
internal sealed class HistoryRun(History history, StoreCluster cluster)
{
    private readonly HashSet<EventKey> _answered = [];
    private readonly HashSet<EventKey> _recorded = [];

    /// <summary>Plays some of the steps.</summary>
    /// <param name="steps">Which.</param>
    /// <param name="mayFail">Whether verdicts may say that something failed.</param>
    public async Task PlayAsync(IEnumerable<History.Step> steps, bool mayFail)
    {
        var together = new List<History.Step>();
        foreach (var step in steps)
        {
            together.Add(step);
            if (!step.WithNext)
            {
                await SendAsync(together, mayFail);
            }
        }

        await SendAsync(together, mayFail);
    }

    /// <summary>Every event that was acknowledged is somewhere in the journal.</summary>
    public async Task AssertAcknowledgedAsync()
    {
        var kept = new HashSet<EventKey>();
        foreach (var id in history.Ids)
        {
            kept.UnionWith((await cluster.Journal.ReadAsync(id, 0)).Select(e => e.Event.Key));
        }

        kept.UnionWith((await cluster.Journal.HeldAsync(history.Store, new HistoryOracle(history.Events).Orders)).Select(h => h.Event.Key));
        Assert.Subset(kept, _recorded);
    }

    /// <summary>Sends again what failed, and a little more.</summary>
    public Task EndAsync()
    {
        var again = history.Events.Where((e, i) => !_answered.Contains(e.Event.Key) || (i % 5 == 0 && _recorded.Contains(e.Event.Key)));
        return SendAsync([new History.Step([.. again], 0, false, null)], mayFail: false);
    }

    /// <summary>Journal, state, row, orders and report are what the events mean.</summary>
    public async Task AssertFiguresAsync()
    {
        var oracle = new HistoryOracle(history.Events);
        var owners = await cluster.Journal.FindOwnersAsync(history.Store, oracle.Orders);
        foreach (var order in oracle.Orders)
        {
            var buyers = oracle.BuyersOf(order);
            Assert.Equal(buyers.Count > 0, owners.ContainsKey(order));
            Assert.True(
                buyers.Count == 0 || buyers.Contains(oracle.PersonOf(owners[order])),
                $"{order} is owned by somebody who has not bought it.");
            Assert.Equal(
                oracle.WaitingFor(order).Order(),
                (await cluster.Journal.HeldAsync(history.Store, [order])).Select(h => h.Event.Key).Order());
        }

        var sums = default(SegmentSums);
        foreach (var person in history.Ids.GroupBy(oracle.PersonOf))
        {
            sums += await AssertPersonAsync(person.ToList(), [.. oracle.EventsOf(person.Key, owners).OrderBy(e => e.Key)], owners);
        }

        await AssertReportAsync(sums);
    }

    private async Task<SegmentSums> AssertPersonAsync(
        List<CustomerId> identities, CustomerEvent[] expected, IReadOnlyDictionary<string, CustomerId> owners)
    {
        var ends = new HashSet<CustomerId>();
        foreach (var identity in identities)
        {
            ends.Add((await cluster.Journal.FindTipAsync(identity)).MovedTo ?? identity);
        }

        var end = Assert.Single(ends);
        Assert.Equal(expected.Select(e => e.Key), (await cluster.Journal.ReadAsync(end, 0)).Select(e => e.Event.Key).Order());
        var settings = AnyStore.SettingsOf(history.Store);
        var summary = CustomerSummary.Of(CustomerState.Fold(expected, settings), settings);
        var view = await cluster.Grains.GetCustomer(identities[^1]).ViewAsync(null);
        view = view.MovedTo is { } next ? await cluster.Grains.GetCustomer(next).ViewAsync(null) : view;
        Assert.Equal((expected.Length, Text(summary), null), ((int)view.Revision, Text(view.Summary), view.MovedTo));
        Assert.All(expected.Where(e => e.Kind == EventKind.OrderCompleted), e => Assert.Equal(end, owners[e.OrderId!]));
        if (await cluster.Rows.FindAsync(end) is not { } row)
        {
            Assert.Empty(expected);
            return default;
        }

        Assert.Equal((expected.Length, Text(summary)), ((int)row.Sequence, Text(row.Summary)));
        Assert.Equal((summary.Orders, summary.Net), ((int)row.Contribution.Sums.Orders, row.Contribution.Sums.Historic));
        return row.Contribution.Sums;
    }

    private async Task AssertReportAsync(SegmentSums expected)
    {
        var sum = default(SegmentSums);
        foreach (var shard in history.Ids.Select(id => id.Shard).Distinct())
        {
            sum = (await cluster.Grains.GetShard(history.Store, shard).SumAsync()).Cells.Values.Aggregate(sum, (a, b) => a + b);
        }

        Assert.Equal(expected, sum);
    }

    private async Task SendAsync(List<History.Step> together, bool mayFail)
    {
        await Task.WhenAll(together.Select(async step =>
        {
            var outcomes = await cluster.Router(step.Silo).RecordAsync(step.Events);
            lock (_answered)
            {
                for (var i = 0; i < outcomes.Length; i++)
                {
                    Assert.NotEqual(OutcomeKind.Refused, outcomes[i].Kind);
                    Assert.True(mayFail || outcomes[i].Kind != OutcomeKind.Failed, outcomes[i].Message);
                    if (outcomes[i].Kind != OutcomeKind.Failed)
                    {
                        _answered.Add(step.Events[i].Event.Key);
                        if (outcomes[i].Code != "order_of_another_customer")
                        {
                            _recorded.Add(step.Events[i].Event.Key);
                        }
                    }
                }
            }
        }));
        foreach (var ended in together.Select(s => s.Ended).OfType<CustomerId>())
        {
            await cluster.DeactivateAsync(ended);
        }

        together.Clear();
    }

    private static string Text(CustomerSummary summary) => JsonSerializer.Serialize(summary, DomainJson.Default.CustomerSummary);
}
