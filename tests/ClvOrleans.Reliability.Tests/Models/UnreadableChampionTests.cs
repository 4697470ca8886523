using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Models;

/// <summary>A champion that cannot be opened ends nothing, and nothing stands in for it in silence.</summary>
public sealed class UnreadableChampionTests(TrainedStore store) : IClassFixture<TrainedStore>
{
    // Champions are looked for every 5 s.
    private static readonly TimeSpan SomeLooks = TimeSpan.FromSeconds(8);

    public static TheoryData<string> Kinds => new(
        "UPDATE models SET body = CAST(replace(replace(CAST(body AS TEXT), '\"kind\"', '\"knd\"'), '\"$type\"', '\"$tp\"') AS BLOB) WHERE body IS NOT NULL",
        "UPDATE models SET body = x'00016761726261676500' WHERE body IS NOT NULL",
        "UPDATE models SET body = NULL",
        "UPDATE models SET payload = CAST('{\"id\":' AS BLOB)",
        "DELETE FROM models",
        "UPDATE champions SET model = 'nope-9'",
        "DROP TABLE champions");

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_champion_in_force_goes_on_when_the_next_one_cannot_be_opened(string damage)
    {
        var folder = store.Copy();
        await using var service = await Service.ServeAsync(folder);
        Assert.Equal(store.Champion, await TrainedStore.ModelAsync(service.Client));

        Damage.Run(Path.Combine(folder, "clv.db"), $"{NextGeneration}; {damage}");
        await Task.Delay(SomeLooks);

        Assert.False(service.HasEnded, service.Log);
        Assert.Equal(store.Champion, await TrainedStore.ModelAsync(service.Client));
        Assert.Equal(1, (await service.Client.AcknowledgedAsync(Track.Order("u1", "new", 5))).Accepted);
        IsSaid(service.Log);
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_service_that_cannot_open_its_champion_at_the_start_says_so(string damage)
    {
        var folder = store.Copy();
        Damage.Run(Path.Combine(folder, "clv.db"), damage);
        await using var service = Service.Start(folder);
        var verdict = await service.SettleAsync();
        if (verdict.IsReady)
        {
            await Task.Delay(SomeLooks);
            Assert.False(service.HasEnded, service.Log);
            Assert.Equal(1, (await service.Client.AcknowledgedAsync(Track.Order("u1", "new", 5))).Accepted);
            IsSaid(service.Log);
        }
        else
        {
            Assert.True(!verdict.HasEnded || service.Status != 0, "The service ended with status 0.");
            IsSaid(verdict.Text + service.Log);
        }
    }

    // As a training or another silo puts one in force.
    private const string NextGeneration =
        "INSERT INTO champions (store, generation, model, promoted_at, cause) SELECT store, generation + 1, model, promoted_at + 1, cause FROM champions "
        + "ORDER BY generation DESC LIMIT 1";

    private static void IsSaid(string text) => Assert.Matches("(?i)champion|model", text);
}
