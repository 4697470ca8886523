namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>
/// A backup, a restore and a move carry the key of pseudonyms and the number of shards: people are found by their own ids afterwards.
/// </summary>
public sealed class PseudonymsCarriedTests
{
    private const string Anna = "anna-carried@example.com";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task People_are_found_by_their_ids_after_a_restore_and_a_move(bool isPostgres)
    {
        var place = await NewAsync(isPostgres);
        var backup = Path.Combine(ClvProcess.NewFolder(), "backup");
        string key;
        await using (var service = await place.ServeAsync())
        {
            await service.SendAsync(Tracked.Order(Anna, "1", 20m));
            key = await KeyAsync(place);
            await place.RunAsync("backup", "--to", backup);
            Assert.Equal(0, await service.StopAsync());
        }

        Assert.Empty(FileSearch.Find(backup, Anna));
        foreach (var restored in (Place[])[await Place.NewAsync(isPostgres: false), await Place.NewAsync(isPostgres: true)])
        {
            await restored.RunAsync("restore", "--from", backup);
            await VerifyAsync(restored, key);
        }

        if (!isPostgres)
        {
            var moved = place with { Postgres = (await Place.NewAsync(isPostgres: true)).Postgres };
            await place.RunAsync("move", "--postgres", moved.Postgres!);
            await VerifyAsync(moved, key);
        }
    }

    [Fact]
    public async Task The_command_prints_pseudonyms_and_the_key_only_if_it_is_asked_for()
    {
        var place = await NewAsync(isPostgres: false);
        await using var service = await place.ServeAsync();
        var (status, output, error) = await ClvInProcess.RunAsync("pseudonym", "17", "--order", "1001", "--data", place.Folder);
        Assert.True(status == 0, error);
        var key = await KeyAsync(place);
        Assert.Equal(64, key.Length);
        Assert.DoesNotContain(key, output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split('\n').Count(line => line.Contains(" p_", StringComparison.Ordinal)));

        (status, _, error) = await ClvInProcess.RunAsync("pseudonym", "--data", place.Folder);
        Assert.Equal(2, status);
        Assert.Contains("An id is missing", error, StringComparison.Ordinal);
    }

    private static async Task<Place> NewAsync(bool isPostgres)
    {
        var place = await Place.NewAsync(isPostgres);
        Directory.CreateDirectory(place.Folder);
        await File.WriteAllTextAsync(
            Path.Combine(place.Folder, "store.json"),
            """{ "writeKeys": { "WK": "web" }, "pseudonyms": true, "expectedCustomers": 1000 }""");
        return place;
    }

    private static async Task VerifyAsync(Place place, string key)
    {
        await using var service = await place.ServeAsync();
        Assert.Equal(key, await KeyAsync(place));
        Assert.Contains("\"shards\":8,", await service.Http.GetStringAsync("api/v1/stores"), StringComparison.Ordinal);
        await service.SendAsync(Tracked.Order(Anna, "2", 5m), Tracked.Order(Anna, "1", 20m));
        Assert.Equal(25m, (await service.ClvAsync(Anna)).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(0, await service.StopAsync());
        Assert.EndsWith("The store has no errors.", (await place.RunAsync("check")).TrimEnd(), StringComparison.Ordinal);
    }

    private static async Task<string> KeyAsync(Place place)
    {
        var (status, output, error) = await ClvInProcess.RunAsync("pseudonym", "--key", "--data", place.Folder);
        Assert.True(status == 0, output + error);
        return output.Trim();
    }
}
