using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Backups of stores that are being written, on both engines.</summary>
public sealed class BackupTests
{
    private const int Batch = 20;
    private const int Customers = 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_under_load_is_the_store_as_of_one_moment_and_can_be_restored_to_either_engine(bool isPostgres)
    {
        var (place, at) = (await Place.NewAsync(isPostgres), ClvProcess.NewFolder());
        var (first, last) = (Path.Combine(at, "first"), Path.Combine(at, "last"));
        await using (var service = await place.ServeAsync())
        {
            var (acknowledged, sent, stop) = (0, 0, false);
            var warm = new TaskCompletionSource();
            var load = Task.Run(async () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    var number = sent++;
                    await service.SendAsync([.. Enumerable.Range(number * Batch, Batch).Select(Order)]);
                    if (++acknowledged == 25)
                    {
                        warm.SetResult();
                    }
                }
            });
            await warm.Task;
            var before = Volatile.Read(ref acknowledged);
            await place.RunAsync("backup", "--to", first);
            var after = Volatile.Read(ref sent);
            Volatile.Write(ref stop, true);
            await load;
            Assert.InRange(SumOf(first, "customers", "orders"), before * Batch, after * Batch);
            await place.RunAsync("backup", "--to", last);
            Assert.Equal(sent * Batch, SumOf(last, "customers", "orders"));
        }

        // What the rows say is what a fold of the events up to then says: clv check compares them.
        var files = await Place.NewAsync(isPostgres: false);
        var later = await Place.NewAsync(isPostgres: false);
        var database = await Place.NewAsync(isPostgres: true);
        foreach (var (restored, from) in new[] { (files, first), (database, first), (later, last) })
        {
            await restored.RunAsync("restore", "--from", from);
            Assert.EndsWith("The store has no errors.", (await restored.RunAsync("check")).TrimEnd(), StringComparison.Ordinal);
        }

        var (early, all) = (Events(files), Events(later));
        Assert.All(early, e => Assert.Equal(e.Value, all[e.Key].Take(e.Value.Count)));

        // A restored store is served, and takes up where the backup ends.
        await using var served = await database.ServeAsync();
        await served.SendAsync([.. Enumerable.Range(0, Batch).Select(Order), Order(1_000_000)]);
        Assert.Equal(SumOf(first, "customers", "orders") + 1, (await served.Http.GetFromJsonAsync<JsonElement>("api/v1/segments"))
            .GetProperty("total").GetProperty("orders").GetInt64());
    }

    [Fact]
    public async Task A_backup_that_is_damaged_is_not_restored()
    {
        var (place, backup) = (await Place.NewAsync(isPostgres: false), Path.Combine(ClvProcess.NewFolder(), "backup"));
        await using (var service = await place.ServeAsync())
        {
            await service.SendAsync([.. Enumerable.Range(0, Batch).Select(Order)]);
        }

        await place.RunAsync("backup", "--to", backup);
        var orders = Path.Combine(backup, "orders.rows.gz");
        File.WriteAllBytes(orders, File.ReadAllBytes(orders)[..^12]);
        var target = await Place.NewAsync(isPostgres: false);
        var (status, _, error) = await ClvInProcess.RunAsync(["restore", "--from", backup, .. target.Options]);
        Assert.Equal(1, status);
        Assert.StartsWith($"{orders} cannot be read to its end", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(target.Folder, "clv.db")));
    }

    [Fact]
    public async Task Nothing_is_restored_over_a_store()
    {
        var (place, backup) = (await Place.NewAsync(isPostgres: false), Path.Combine(ClvProcess.NewFolder(), "backup"));
        await using (var service = await place.ServeAsync())
        {
            await service.SendAsync(Order(1));
        }

        await place.RunAsync("backup", "--to", backup);
        var (status, _, error) = await ClvInProcess.RunAsync(["restore", "--from", backup, .. place.Options]);
        Assert.Equal(1, status);
        Assert.Contains("clv.db exists already", error, StringComparison.Ordinal);
        (status, _, error) = await ClvInProcess.RunAsync(["backup", "--to", backup, .. place.Options]);
        Assert.Equal(1, status);
        Assert.Contains("exists already", error, StringComparison.Ordinal);
    }

    private static object Order(int number) => Tracked.Order($"c{number % Customers}", $"o{number}", 10 + (number % 7));

    private static long SumOf(string backup, string table, string column)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(backup, "manifest.json")));
        return long.Parse(
            manifest.RootElement.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("name").GetString() == table)
                .GetProperty("sums").GetProperty(column).GetString()!,
            System.Globalization.CultureInfo.InvariantCulture);
    }

    // The keys of each customer's events, in their order.
    private static Dictionary<string, List<string>> Events(Place place)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "clv.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT customer, message_id FROM events ORDER BY customer, sequence";
        using var rows = command.ExecuteReader();
        var events = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (rows.Read())
        {
            events.TryAdd(rows.GetString(0), []);
            events[rows.GetString(0)].Add(rows.GetString(1));
        }

        return events;
    }
}
