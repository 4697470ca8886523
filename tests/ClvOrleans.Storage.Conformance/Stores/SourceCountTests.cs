using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="ISourceCounts"/>: what became of the events of each source, whichever silo had them.</summary>
public class SourceCountTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task What_silos_add_is_summed_by_source_outcome_and_code_in_its_store_alone_and_the_latest_time_stays()
    {
        Assert.Empty(await Store.Sources.ReadAsync(Shop));
        await AddAsync(Shop, Sample.Count("web", 2), Refused("invalid_money", 1), Refused("invalid_type", 7));
        await AddAsync(Shop, Sample.Count("web", 3, at: Sample.Time.AddHours(-1)), Sample.Count("ios", 1));
        await AddAsync(Shop, Refused("invalid_money", 1, Sample.Time.AddMilliseconds(1)));
        await AddAsync(Other, Sample.Count("web", 9));

        await ReopenAsync();
        Assert.Equal(
            [
                Sample.Count("ios", 1), Sample.Count("web", 5), Refused("invalid_money", 2, Sample.Time.AddMilliseconds(1)),
                Refused("invalid_type", 7),
            ],
            await Store.Sources.ReadAsync(Shop));
        Assert.Equal([Sample.Count("web", 9)], await Store.Sources.ReadAsync(Other));
    }

    [Fact]
    public async Task Counts_of_one_source_that_are_added_at_once_are_summed_too()
    {
        await AddAsync(Shop, Sample.Count("web", 1), Sample.Count("web", 2));
        await AddAsync(Shop);
        Assert.Equal([Sample.Count("web", 3)], await Store.Sources.ReadAsync(Shop));
    }

    [Fact]
    public async Task Every_outcome_comes_back()
    {
        var outcomes = Enum.GetValues<SourceOutcome>();
        await AddAsync(Shop, [.. outcomes.Select(o => Sample.Count("web", 1, o))]);
        Assert.Equal(outcomes, (await Store.Sources.ReadAsync(Shop)).Select(c => c.Outcome).Order());
    }

    [Fact]
    public async Task Counts_are_added_all_or_none_whoever_reads_and_adds_meanwhile()
    {
        const int Silos = 4;
        const int Times = 10;
        var adds = Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Times; i++)
            {
                await AddAsync(Shop, Sample.Count("a", 1), Sample.Count("b", 1), Sample.Count("c", 1));
            }
        })));
        while (!adds.IsCompleted)
        {
            var counts = await Store.Sources.ReadAsync(Shop);
            Assert.True(counts.Count is 0 or 3, $"{counts.Count} of 3 are there.");
            Assert.All(counts, c => Assert.Equal(counts[0].Events, c.Events));
        }

        await adds;
        Assert.Equal(
            [Sample.Count("a", Silos * Times), Sample.Count("b", Silos * Times), Sample.Count("c", Silos * Times)],
            await Store.Sources.ReadAsync(Shop));
    }

    private static SourceCount Refused(string code, long events, DateTimeOffset? at = null) =>
        Sample.Count("web", events, SourceOutcome.Refused, code, at);

    private Task AddAsync(StoreId store, params SourceCount[] counts) => Store.Sources.AddAsync(store, counts);
}
