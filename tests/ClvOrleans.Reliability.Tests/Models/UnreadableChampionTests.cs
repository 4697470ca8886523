using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Models;

/// <summary>A champion that cannot be opened ends nothing, and nothing stands in for it in silence.</summary>
public sealed class UnreadableChampionTests(TrainedStore store) : IClassFixture<TrainedStore>
{
    private const string UnknownKind =
        "UPDATE models SET body = CAST(replace(replace(CAST(body AS TEXT), '\"kind\"', '\"knd\"'), '\"$type\"', '\"$tp\"') AS BLOB) "
            + "WHERE body IS NOT NULL";

    private static readonly TimeSpan SomeLooks = TimeSpan.FromSeconds(3);
    private static readonly ServiceOptions Often =
        new() { Environment = new Dictionary<string, string> { ["Champions__Poll"] = "00:00:01" } };

    public static TheoryData<string> Kinds => new(Sizes.Of<string[]>(
        [UnknownKind, "DELETE FROM models"],
        [
            UnknownKind,
            "UPDATE models SET body = x'00016761726261676500' WHERE body IS NOT NULL",
            "UPDATE models SET body = NULL",
            "UPDATE models SET payload = CAST('{\"id\":' AS BLOB)",
            "DELETE FROM models",
            "UPDATE champions SET model = 'nope-9'",
            "DROP TABLE champions",
        ]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_champion_in_force_goes_on_when_the_next_one_cannot_be_opened(string damage)
    {
        var folder = store.Copy();
        await using var service = await Service.ServeAsync(folder, Often);
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
        await using var service = Service.Start(folder, Often);
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

    // As another silo's training promotes a new one.
    private string NextGeneration =>
        $"""
        INSERT INTO models (store, id, payload, body)
        SELECT store, 'next-1', CAST(replace(CAST(payload AS TEXT), '{store.Champion}', 'next-1') AS BLOB), body FROM models WHERE id = '{store.Champion}';
        INSERT INTO champions (store, generation, model, promoted_at, cause)
        SELECT store, generation + 1, 'next-1', promoted_at + 1, cause FROM champions ORDER BY generation DESC LIMIT 1
        """;

    private static void IsSaid(string text) => Assert.Matches("(?i)champion|model", text);
}
