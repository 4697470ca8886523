using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Moves from files to PostgreSQL that are killed on the way.</summary>
public sealed class MoveTests
{
    [Fact]
    public async Task A_move_that_was_killed_goes_on_where_it_broke_off()
    {
        var (files, database) = await KilledAsync();
        var (status, _, error) = await ClvInProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--data", files.Folder, "--postgres", database.Postgres!]);
        Assert.Equal(1, status);
        Assert.Contains("has not ended: run the same clv restore or clv move again", error, StringComparison.Ordinal);

        Assert.StartsWith(
            "Moved: ", (await files.RunAsync("move", "--postgres", database.Postgres!)).Split('\n')[^3], StringComparison.Ordinal);
        await using var service = await (files with { Postgres = database.Postgres }).ServeAsync();
        Assert.EndsWith(
            "The store has no errors.", (await (files with { Postgres = database.Postgres }).RunAsync("check")).TrimEnd(),
            StringComparison.Ordinal);
        var report = await service.Http.GetFromJsonAsync<JsonElement>("api/v1/segments");
        Assert.Equal(600, report.GetProperty("total").GetProperty("orders").GetInt64());
    }

    [Fact]
    public async Task A_store_that_was_written_meanwhile_is_not_mixed_with_its_past()
    {
        var (files, database) = await KilledAsync();
        await using (var service = await files.ServeAsync())
        {
            await service.SendAsync(Tracked.Order("late", "late", 1));
        }

        var (status, _, error) = await ClvInProcess.RunAsync(["move", "--data", files.Folder, "--postgres", database.Postgres!]);
        Assert.Equal(1, status);
        Assert.Contains("or its source was written since", error, StringComparison.Ordinal);
    }

    // A move that was killed when it had written the first of the large tables.
    private static async Task<(Place Files, Place Database)> KilledAsync()
    {
        var (files, database) = (await Place.NewAsync(isPostgres: false), await Place.NewAsync(isPostgres: true));
        await using (var service = await files.ServeAsync())
        {
            for (var round = 0; round < 6; round++)
            {
                await service.SendAsync([.. Enumerable.Range(0, 100).Select(c => Tracked.Order($"c{c}", $"o{round}-{c}", 10))]);
            }

            await service.StopAsync();
        }

        using var move = ClvProcess.Start("move", "--data", files.Folder, "--postgres", database.Postgres!);
        while (await move.StandardOutput.ReadLineAsync() is var line && line?.EndsWith("customers", StringComparison.Ordinal) != true)
        {
            Assert.NotNull(line);
        }

        move.Kill();
        await move.WaitForExitAsync();
        return (files, database);
    }
}
