using System.Net;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Whoever was erased does not come back: by the real commands, on both engines.</summary>
public sealed class StaysErasedTests
{
    private const string Mark = "leaving-4711";
    private const string Anna = $"anna-{Mark}";

    // Of whom only a refund is held, which waits for its order.
    private const string Carla = $"carla-{Mark}";

    private static object[] Sent =>
    [
        new
        {
            type = "identify", userId = Anna, anonymousId = $"visitor-{Mark}", messageId = $"m1-{Mark}", timestamp = "2025-10-01T00:00:00Z",
            traits = new { email = $"{Anna}@example.com" },
        },
        Event(Anna, "Order Completed", $"o1-{Mark}", new { order_id = $"o1-{Mark}", revenue = 10 }),
        Event(Carla, "Order Refunded", $"r1-{Mark}", new { order_id = $"o9-{Mark}", amount = 5 }),
        Event("stays", "Order Completed", "m9", new { order_id = "o-stays", revenue = 20 }),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_older_backup_a_file_from_before_late_retries_and_a_move_bring_nobody_back(bool isPostgres)
    {
        var (place, at) = (await Place.NewAsync(isPostgres), ClvProcess.NewFolder());
        var (backup, file) = (Path.Combine(at, "backup"), Path.Combine(at, "orders.csv"));
        await File.WriteAllTextAsync(
            file,
            $"customer_id,order_id,timestamp,total\n{Anna},f1-{Mark},2025-01-02,10.50\nstays,f2,2025-01-02,7\n{Anna},f3-{Mark},x,1\n");
        await using (var service = await place.ServeAsync())
        {
            await service.SendAsync(Sent);
            await ImportAsync(place, file, events: 2);
            await place.RunAsync("backup", "--to", backup);
            Assert.True(await IsThereAsync(service, Anna));
            await EraseAsync(place, Anna);
            await EraseAsync(place, Carla);
            await ScrubbedAsync(place);
            await VerifyAsync(service, place, file);
            Assert.Equal(0, await service.StopAsync());
        }

        Assert.Empty(FilesWith(place.Folder, Mark));
        var erasures = Path.Combine(place.Folder, "erasures.json");
        foreach (var restored in (Place[])[await Place.NewAsync(isPostgres: false), await Place.NewAsync(isPostgres: true)])
        {
            var told = await restored.RunAsync("restore", "--from", backup, "--erasures", erasures);
            Assert.Contains("Erased again: 2 people who were erased after it was taken.", told, StringComparison.Ordinal);
            Assert.Empty(FilesWith(restored.Folder, Mark));
            await using var service = await restored.ServeAsync();
            await VerifyAsync(service, restored, file);
            Assert.Equal(0, await service.StopAsync());
            Assert.Empty(FilesWith(restored.Folder, Mark));
            Assert.EndsWith("The store has no errors.", (await restored.RunAsync("check")).TrimEnd(), StringComparison.Ordinal);
        }

        if (!isPostgres)
        {
            var moved = place with { Postgres = (await Place.NewAsync(isPostgres: true)).Postgres };
            await place.RunAsync("move", "--postgres", moved.Postgres!);
            await using var service = await moved.ServeAsync();
            await VerifyAsync(service, moved, file);
            Assert.Equal(0, await service.StopAsync());
        }
    }

    [Fact]
    public async Task A_folder_that_was_put_back_as_it_was_before_is_served_without_them()
    {
        var (place, at) = (await Place.NewAsync(isPostgres: false), Path.Combine(ClvProcess.NewFolder(), "copy"));
        await using (var service = await place.ServeAsync())
        {
            // Enough of her for a snapshot.
            await service.SendAsync(
            [
                .. Sent, .. Enumerable.Range(0, 300).Select(i => Event(Anna, "Product Viewed", $"v{i}-{Mark}", new { product_id = "p" })),
            ]);
            Assert.Equal(0, await service.StopAsync());
        }

        Copy(place.Folder, at);
        Assert.Contains("snapshots.db", FilesWith(at, Mark));
        await using (var service = await place.ServeAsync())
        {
            await EraseAsync(place, Anna);
            await EraseAsync(place, Carla);
            await ScrubbedAsync(place);
            Assert.Equal(0, await service.StopAsync());
        }

        Assert.Empty(FilesWith(place.Folder, Mark));
        Copy(at, place.Folder);
        Assert.NotEmpty(FilesWith(place.Folder, Mark));
        await using (var service = await place.ServeAsync())
        {
            Assert.Empty(FilesWith(place.Folder, Mark));
            await VerifyAsync(service, place, null);
            Assert.Equal(0, await service.StopAsync());
        }

        Assert.Empty(FilesWith(place.Folder, Mark));
    }

    private static object Event(string user, string name, string message, object properties) =>
        new { type = "track", @event = name, userId = user, messageId = message, timestamp = "2025-10-01T00:00:00Z", properties };

    private static async Task VerifyAsync(RunningClv service, Place place, string? file)
    {
        var reply = await service.SendAsync(
            [.. Sent, Event(Anna, "Order Completed", $"bad-{Mark}", new { order_id = $"o2-{Mark}", revenue = "none" })]);
        Assert.Equal((0, 1), (reply.GetProperty("accepted").GetInt32(), reply.GetProperty("duplicates").GetInt32()));
        Assert.Equal(
            ["erased", "erased", "erased"], reply.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("code").GetString()));
        if (file is not null)
        {
            await ImportAsync(place, file, events: 0);
        }

        Assert.False(await IsThereAsync(service, Anna));
        Assert.False(await IsThereAsync(service, Carla));
        Assert.True(await IsThereAsync(service, "stays"));
        using var letters = await service.Http.GetAsync("api/v1/dead-letters");
        Assert.DoesNotContain(Mark, await letters.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task ImportAsync(Place place, string file, int events)
    {
        var (status, output, error) = await ClvInProcess.RunAsync("import", file, "--data", place.Folder, "--json");
        Assert.True(status == 0, output + error);
        using var result = JsonDocument.Parse(output);
        Assert.Equal(events, result.RootElement.GetProperty("events").GetInt32());
    }

    private static async Task EraseAsync(Place place, string who)
    {
        var (status, output, error) = await ClvInProcess.RunAsync("privacy", "erase", who, "--data", place.Folder);
        Assert.True(status == 0, output + error);
        Assert.Contains("DELETE_ONLY of 1", output, StringComparison.Ordinal);
    }

    // A request has ended before its files are scrubbed.
    private static async Task ScrubbedAsync(Place place)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (FilesWith(place.Folder, Mark).Length > 0)
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<bool> IsThereAsync(RunningClv service, string who)
    {
        using var reply = await service.Http.GetAsync($"api/v1/customers/{who}");
        return reply.StatusCode == HttpStatusCode.OK;
    }

    // Names of the files of a folder that hold a text anywhere.
    private static string[] FilesWith(string folder, string text) =>
        [.. FileSearch.Find(folder, text).Select(found => Path.GetFileName(found.Path))];

    // What the service writes beside the store stays as it is: it knows of the erasures.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from, "*.db*"))
        {
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)), overwrite: true);
        }
    }
}
