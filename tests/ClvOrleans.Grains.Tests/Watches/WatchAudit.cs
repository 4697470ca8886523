using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Tests.Watches;

/// <summary>
/// What own segments must be, worked out from the customer rows alone: each rule asked anew, transitions played one after the other, and
/// the sums of the shards.
/// </summary>
internal sealed class WatchAudit(StoreCluster cluster, StoreId store)
{
    private StoreSettings Settings => AnyStore.SettingsOf(store);

    /// <summary>All transitions of the store, by shard and commit.</summary>
    public async Task<List<Transition>> TransitionsAsync()
    {
        var all = new List<Transition>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            all.AddRange(await cluster.Service<ITransitions>(0).ReadAsync(store, shard, 0, int.MaxValue));
        }

        return all;
    }

    /// <summary>The rows of those who are still customers.</summary>
    public async Task<IReadOnlyList<CustomerRow>> RowsAsync() => (await cluster.Rows.QueryAsync(
        new CustomerRowQuery(store, null, 0, int.MaxValue, CustomerRowSort.Predicted, 1_000, null))).Rows;

    /// <summary>Defines a segment, seen by both silos at once.</summary>
    public async Task DefineAsync(string id, string rule, bool isRemoved = false)
    {
        var definitions = cluster.Service<ISegmentDefinitions>(0);
        var all = await definitions.ReadAsync(store);
        var definition = new SegmentDefinition { Id = new(id), Rule = rule, IsRemoved = isRemoved, At = cluster.Time.GetUtcNow() };
        SegmentRules.Check(Settings.Currency, all, definition);
        Assert.True(await definitions.TryPutAsync(store, definition, all.Revision));
        cluster.Service<ClvOrleans.Grains.Watches.WatchCache>(0).Forget(store);
        cluster.Service<ClvOrleans.Grains.Watches.WatchCache>(1).Forget(store);
    }

    /// <summary>Has all late customers looked at.</summary>
    public async Task RefreshAsync()
    {
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            while (!await cluster.Grains.GetShard(store, shard).RefreshAsync())
            {
                // The next page.
            }
        }
    }

    /// <summary>Everything agrees.</summary>
    public async Task AssertAsync()
    {
        var (rows, definitions) = (await RowsAsync(), await cluster.Service<ISegmentDefinitions>(0).ReadAsync(store));
        var list = new WatchList(new WatchVersion(definitions.Revision, 0), SegmentRules.WatchesOf(Settings.Currency, definitions));
        var (inside, sums) = (await PlayAsync(), new Dictionary<string, SegmentSums>());
        foreach (var row in rows)
        {
            var expected = Expected(row, list);
            Assert.Equal((row.Id, expected), (row.Id, row.Contribution.Segments.Text));
            Assert.Equal(expected, string.Join(' ', inside.GetValueOrDefault(row.Id, []).Order(StringComparer.Ordinal)));
            foreach (var segment in row.Contribution.Segments.Ids)
            {
                sums[segment.Value] = sums.GetValueOrDefault(segment.Value) + row.Contribution.Sums;
            }
        }

        Assert.All(inside.Where(i => !rows.Any(r => r.Id == i.Key)), gone => Assert.Empty(gone.Value));
        var counted = await CountedAsync(definitions.Revision);
        Assert.Equal(sums.OrderBy(s => s.Key, StringComparer.Ordinal), counted.OrderBy(s => s.Key, StringComparer.Ordinal));
        foreach (var definition in definitions.All)
        {
            var members = await cluster.Rows.MembersAsync(store, definition.Id, null, 1_000);
            Assert.Equal(
                sums.GetValueOrDefault(definition.Id.Value), members.Aggregate(default(SegmentSums), (s, m) => s + m.Contribution.Sums));
        }
    }

    // By an estimate of its own, as the row's day and model have it.
    private string Expected(CustomerRow row, WatchList list)
    {
        var champion = cluster.Service<IChampions>(0).Find(store);
        var today = Settings.DayOf(cluster.Time.GetUtcNow());
        var estimate = champion.Model.Estimate(
            row.Summary, MarketCalendar.Empty, Settings, row.Summary.DayToEstimate(today), Settings.Horizon);
        var contribution = Contribution.Of(
            row.Sequence, champion.Generation, row.Summary, estimate, Settings.MarginBasisPoints, null,
            champion.Model.Version.Segmentation);
        var holds = list.Evaluate(new CustomerFacts(row.Id, row.Summary, contribution, estimate.AsOf, Settings));
        return string.Join(' ', list.Watches.Where((_, i) => holds[i]).Select(w => w.Subject.Id));
    }

    private async Task<Dictionary<string, SegmentSums>> CountedAsync(long revision)
    {
        var counted = new Dictionary<string, SegmentSums>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            var sums = await cluster.Grains.GetShard(store, shard).SumAsync();
            Assert.Equal((revision, 0), (sums.Definitions, sums.Waiting));
            foreach (var (segment, sum) in sums.OwnSegments!)
            {
                counted[segment] = counted.GetValueOrDefault(segment) + sum;
            }
        }

        return counted;
    }

    // Each transition is a change, and each change is told once, with the numbers in order.
    private async Task<Dictionary<CustomerId, HashSet<string>>> PlayAsync()
    {
        var (inside, entries) = (new Dictionary<CustomerId, HashSet<string>>(), new Dictionary<(CustomerId, string), int>());
        foreach (var t in await TransitionsAsync())
        {
            var set = inside.TryGetValue(t.Customer, out var known) ? known : inside[t.Customer] = [];
            var last = entries.GetValueOrDefault((t.Customer, t.Subject.Id));
            Assert.True(t.Kind == TransitionKind.Entered ? set.Add(t.Subject.Id) : set.Remove(t.Subject.Id), $"{t}");
            Assert.True(t.Kind == TransitionKind.Entered ? t.Entry > last : t.Entry >= last, $"{t}");
            Assert.True(t.Since <= t.At, $"{t}");
            entries[(t.Customer, t.Subject.Id)] = t.Entry;
        }

        return inside;
    }
}
