namespace ClvOrleans.Reliability.Tests.Identities;

/// <summary>Ids that become others one after the other, as shops do that rename their customers.</summary>
public sealed class AliasChainTests
{
    private const int Limit = 100;

    [Fact]
    public async Task A_customer_is_found_by_the_first_of_twenty_ids_and_harms_nobody_in_the_same_batch()
    {
        const int Last = 20;
        var folder = Service.NewFolder();
        await using (var service = await Service.ServeAsync(folder))
        {
            await service.Client.AcknowledgedAsync(Track.Order("k0", "first", 10));
            for (var i = 1; i <= Last; i++)
            {
                await service.Client.AcknowledgedAsync(Track.Alias($"k{i}", $"k{i - 1}", $"alias{i}"));
                await service.Client.AcknowledgedAsync(Track.Order("k0", $"k0-{i}", 10), Track.Order("innocent", $"innocent{i}", 1));
                Assert.Equal(i + 1, (await service.Client.HistoricAsync("k0")).Orders);
            }

            Assert.Equal(Last, (await service.Client.HistoricAsync("innocent")).Orders);
            Assert.Equal((2 * Last) + 1, (await service.Client.ReportAsync()).GetProperty("total").GetProperty("orders").GetInt32());
            await service.KillAsync();
        }

        await using var again = await Service.ServeAsync(folder);
        await again.Client.AcknowledgedAsync(Track.Order("k0", "after", 10));
        Assert.Equal(Last + 2, (await again.Client.HistoricAsync($"k{Last}")).Orders);
    }

    [Fact]
    public async Task A_batch_of_chained_aliases_gets_through_and_no_customer_exceeds_the_limit_of_identities()
    {
        var length = Sizes.Of(150, 500);
        await using var service = await Service.ServeAsync(Service.NewFolder());
        await service.Client.AcknowledgedAsync(Track.Order("L0", "first", 10));
        var chain = Enumerable.Range(1, length).Select(i => Track.Alias($"L{i}", $"L{i - 1}", $"alias{i}"));
        var answer = await service.Client.AcknowledgedAsync(chain);
        Assert.Equal(["identity_limit"], answer.Refused.Distinct());
        for (var i = 0; i <= length; i += 10)
        {
            if (await service.Client.GetAsync($"api/v1/customers/L{i}") is { Status: 200 } found)
            {
                // An alias joins the user id and the anonymous id of one spelling, which count once.
                var ids = found.Json.GetProperty("identities").EnumerateArray().Select(i => i.GetString()![2..]);
                Assert.InRange(ids.Distinct().Count(), 0, Limit);
            }
        }

        Assert.Equal(1, (await service.Client.HistoricAsync("L0")).Orders);
    }
}
