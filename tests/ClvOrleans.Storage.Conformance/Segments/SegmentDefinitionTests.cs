using ClvOrleans.Domain.Segments;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.Segments;

/// <summary><see cref="ISegmentDefinitions"/>: one growing count of revisions a store, and nothing put over what was not seen.</summary>
public class SegmentDefinitionTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly SegmentDefinition Vip =
        new() { Id = new SegmentId("vip"), Rule = "orders > 5", Description = "The best", At = Sample.Time };

    [Fact]
    public async Task Definitions_are_read_as_put_by_name_under_the_revision_of_the_last_change()
    {
        var lost = Vip with { Id = new SegmentId("lost"), Rule = "pAlive < 0.2" };
        Assert.Equal(SegmentDefinitions.None.Revision, (await Store.Segments.ReadAsync(Shop)).Revision);
        Assert.True(await Store.Segments.TryPutAsync(Shop, Vip, 0));
        Assert.True(await Store.Segments.TryPutAsync(Shop, lost, 1));
        Assert.True(await Store.Segments.TryPutAsync(Shop, Vip with { Rule = "orders > 9" }, 2));

        var all = await Store.Segments.ReadAsync(Shop);
        Assert.Equal(3, all.Revision);
        Assert.Equal([lost with { Revision = 2 }, Vip with { Rule = "orders > 9", Revision = 3 }], all.All);
        Assert.Equal(
            [Vip with { Rule = "orders > 9", Revision = 3 }, Vip with { Revision = 1 }], await Store.Segments.HistoryAsync(Shop, Vip.Id));
        Assert.Empty((await Store.Segments.ReadAsync(Other)).All);
        Assert.Empty(await Store.Segments.HistoryAsync(Other, Vip.Id));
    }

    [Fact]
    public async Task A_definition_that_was_checked_against_other_ones_is_not_kept()
    {
        Assert.True(await Store.Segments.TryPutAsync(Shop, Vip, 0));
        Assert.False(await Store.Segments.TryPutAsync(Shop, Vip with { Rule = "true" }, 0));
        Assert.False(await Store.Segments.TryPutAsync(Shop, Vip with { Rule = "true" }, 2));
        Assert.Equal("orders > 5", Assert.Single((await Store.Segments.ReadAsync(Shop)).All).Rule);
    }

    [Fact]
    public async Task A_removed_segment_is_in_the_history_only()
    {
        Assert.True(await Store.Segments.TryPutAsync(Shop, Vip, 0));
        Assert.True(await Store.Segments.TryPutAsync(Shop, Vip with { IsRemoved = true }, 1));
        var all = await Store.Segments.ReadAsync(Shop);
        Assert.Equal(2, all.Revision);
        Assert.Empty(all.All);
        Assert.Equal([true, false], (await Store.Segments.HistoryAsync(Shop, Vip.Id)).Select(d => d.IsRemoved));
    }

    [Fact]
    public async Task Of_many_who_put_at_once_one_is_heard()
    {
        var put = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => Store.Segments.TryPutAsync(Shop, Vip with { Rule = $"orders > {i}" }, 0))));
        Assert.Single(put, p => p);
        Assert.Equal(1, (await Store.Segments.ReadAsync(Shop)).Revision);
    }
}
