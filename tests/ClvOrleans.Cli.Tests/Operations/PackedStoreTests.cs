using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>A store whose old behaviour is packed goes from place to place as any other, and is packed further there.</summary>
public sealed class PackedStoreTests
{
    private const int Customers = 8;
    private const int Quizzes = 5;
    private const string Name = "Quiz Taken";

    // A store packs a seventh of its shards a day: these are customers of those of today.
    private static readonly string[] Names = [.. Enumerable.Range(0, 1_000).Select(i => $"c{i}").Where(IsOfToday).Take(Customers)];

    private int _rule;

    private static object[] Sent =>
    [
        .. Names.SelectMany(c => Enumerable.Range(0, Quizzes).Select(i => Quiz(c, $"{i}")).Append(Tracked.Order(c, $"o-{c}", 12))),
    ];

    [Fact]
    public async Task Backups_restores_and_moves_carry_packs_and_what_is_late_is_packed_there()
    {
        var (first, backup) = (await Place.NewAsync(isPostgres: false), Path.Combine(ClvProcess.NewFolder(), "backup"));
        Directory.CreateDirectory(first.Folder);
        await File.WriteAllTextAsync(
            Path.Combine(first.Folder, "store.json"), """{ "writeKeys": { "WK": "web" }, "keepDays": { "behaviour": 30 } }""");
        string answers;
        await using (var service = await first.ServeAsync())
        {
            await service.SendAsync(Sent);
            await service.StopAsync();
        }

        // A service looks once a day, the first time soon after its start.
        await using (var service = await first.ServeAsync())
        {
            await PackedAsync(service);
            answers = await AnswersAsync(service);
            await service.StopAsync();
        }

        await first.RunAsync("backup", "--to", backup);
        Assert.Equal(Customers * 2, RowsOf(backup, "events")); // A pack and an order of each.
        var (files, restored) = (await Place.NewAsync(isPostgres: false), await Place.NewAsync(isPostgres: true));
        await files.RunAsync("restore", "--from", backup);
        await restored.RunAsync("restore", "--from", backup);
        var moved = first with { Postgres = (await Place.NewAsync(isPostgres: true)).Postgres };
        Assert.Contains("Moved: ", await first.RunAsync("move", "--postgres", moved.Postgres!), StringComparison.Ordinal);
        await IsSoundAsync(restored);
        foreach (var place in (Place[])[files, moved])
        {
            await IsSoundAsync(place);
            await GoesOnAsync(place, answers);
            await IsSoundAsync(place);
        }
    }

    private static async Task IsSoundAsync(Place place) =>
        Assert.EndsWith("The store has no errors.", (await place.RunAsync("check")).TrimEnd(), StringComparison.Ordinal);

    private async Task GoesOnAsync(Place place, string answers)
    {
        object[] late = [.. Names.Select(c => Quiz(c, "late"))];
        await using (var service = await place.ServeAsync())
        {
            Assert.Equal(answers, await AnswersAsync(service));
            Assert.Equal(Sent.Length, (await service.SendAsync(Sent)).GetProperty("duplicates").GetInt32());
            Assert.Equal(0, (await service.SendAsync(late)).GetProperty("duplicates").GetInt32());
            await service.StopAsync();
        }

        await using var next = await place.ServeAsync();
        await PackedAsync(next);
        Assert.Equal(late.Length, (await next.SendAsync(late)).GetProperty("duplicates").GetInt32());
        foreach (var customer in Names)
        {
            var profile = await ProfileAsync(next, customer);
            Assert.Equal(Quizzes + 1, profile.GetProperty("features").GetProperty("counts").GetProperty("Activity").GetInt32());
        }

        await next.StopAsync();
    }

    // A changed segment lets the store look at once; until no event of theirs has its name.
    private async Task PackedAsync(RunningClv service)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var asked = await service.Http.PutAsJsonAsync(
            "api/v1/own-segments/buyers", new { rule = string.Create(CultureInfo.InvariantCulture, $"orders > {_rule++}") }, limit.Token);
        asked.EnsureSuccessStatusCode();
        foreach (var customer in Names)
        {
            while ((await ProfileAsync(service, customer)).GetProperty("lastEvents").GetRawText().Contains(Name, StringComparison.Ordinal))
            {
                await Pause.ShortAsync(limit.Token);
            }
        }
    }

    private static async Task<string> AnswersAsync(RunningClv service)
    {
        var answers = new List<string>();
        foreach (var customer in Names)
        {
            answers.Add((await service.ClvAsync(customer)).GetRawText());
            answers.Add((await ProfileAsync(service, customer)).GetRawText());
        }

        return string.Join('\n', answers);
    }

    private static Task<JsonElement> ProfileAsync(RunningClv service, string customer) =>
        service.Http.GetFromJsonAsync<JsonElement>($"api/v1/customers/{customer}?events=100");

    private static long RowsOf(string backup, string table)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(backup, "manifest.json")));
        return manifest.RootElement.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("name").GetString() == table)
            .GetProperty("rows").GetInt64();
    }

    private static bool IsOfToday(string customer)
    {
        var shard = CustomerId.OfUser(new StoreId("shop"), customer).ShardIn(ShardCount.Default);
        return shard % 7 == DateOnly.FromDateTime(DateTime.UtcNow).DayNumber % 7;
    }

    private static object Quiz(string customer, string message) => new
    {
        type = "track",
        @event = Name,
        userId = customer,
        messageId = $"{customer}-{message}",
        timestamp = "2025-10-01T00:00:00Z",
        properties = new { answer = "blue" },
    };
}
