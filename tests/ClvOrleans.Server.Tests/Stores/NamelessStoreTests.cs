using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClvOrleans.Testing;
using Npgsql;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>
/// A store with pseudonyms holds nobody's name in any byte of any file, whatever door it came by, and says the same figures as a store that
/// keeps ids.
/// </summary>
public sealed partial class NamelessStoreTests
{
    private static readonly string[] Reports =
    [
        "segments", "segments/rfm", "reports/risk", "reports/cohorts", "reports/movement?months=3", "reports/acquisition", "acquisition",
        "lists", "demand",
    ];

    [Fact]
    public Task On_files() => CompareAsync(() => Task.FromResult<(PostgresServer?, string?)>((null, null)));

    [Fact]
    public Task On_PostgreSQL() => CompareAsync(() =>
    {
        var data = Directory.CreateTempSubdirectory("clv-postgres-").FullName;
        var server = PostgresServer.Start(folder: data);
        Assert.SkipUnless(server is not null, "PostgreSQL is not installed: apt-get install postgresql");
        return Task.FromResult<(PostgresServer?, string?)>((server, data));
    });

    private static async Task CompareAsync(Func<Task<(PostgresServer? Server, string? Data)>> start)
    {
        var plain = await RunAsync(await start(), hasPseudonyms: false);
        var nameless = await RunAsync(await start(), hasPseudonyms: true);
        Assert.NotEmpty(plain.Found); // The search finds what is there.
        Assert.Empty(nameless.Found);
        Assert.Equal(plain.Figures.Keys, nameless.Figures.Keys);
        Assert.All(plain.Figures, figures => Assert.Equal(figures.Value, nameless.Figures[figures.Key]));
    }

    private static async Task<(string[] Found, SortedDictionary<string, string> Figures)> RunAsync(
        (PostgresServer? Server, string? Data) database, bool hasPseudonyms)
    {
        using var server = database.Server;
        var folder = TemporaryFolder.New();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), NamingTraffic.Settings(hasPseudonyms));
        var postgres = server?.ConnectionStringFor("public");
        await using var clv = await ClvInProcess.ServeAsync(folder, options: postgres is null ? [] : ["--postgres", postgres]);
        var traffic = new NamingTraffic(clv, folder);
        await traffic.SendAsync();
        var figures = await FiguresAsync(clv, hasPseudonyms);
        await traffic.SendByClientsAsync();
        string[] found = [.. Find(folder), .. postgres is null ? [] : await FindInTablesAsync(postgres)];
        Assert.Equal(0, await clv.StopAsync());
        server?.Stop();
        return ([.. found, .. Find(folder), .. database.Data is { } data ? Find(data) : []], figures);
    }

    private static IEnumerable<string> Find(string folder) =>
        FileSearch.Find(folder, NamingTraffic.Mark).Select(found => Path.GetRelativePath(folder, found.Path));

    // What is compressed in the files.
    private static async Task<string[]> FindInTablesAsync(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres + ";Pooling=false");
        var tables = await TextsAsync(
            source,
            "SELECT table_name || ' ' || string_agg(CASE data_type "
                + "WHEN 'bytea' THEN 'encode(' || quote_ident(column_name) || ',''escape'')' "
                + "ELSE quote_ident(column_name) || '::text' END, ',') "
                + "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name");
        var found = new List<string>();
        foreach (var table in tables.Select(t => t.Split(' ', 2)))
        {
            found.AddRange(await TextsAsync(
                source,
                $"SELECT '{table[0]}' FROM \"{table[0]}\" "
                    + $"WHERE position('{NamingTraffic.Mark}' IN concat_ws('|', {table[1]})) > 0 LIMIT 1"));
        }

        return [.. found];
    }

    private static async Task<List<string>> TextsAsync(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Statements are the tests' own.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }

    // As the shop asks, by its own ids; pseudonyms in the answers are read back.
    private static async Task<SortedDictionary<string, string>> FiguresAsync(RunningClv clv, bool hasPseudonyms)
    {
        var figures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var report in Reports)
        {
            figures[report] = await TextAsync($"api/v1/{report}");
        }

        foreach (var customer in NamingTraffic.Customers)
        {
            foreach (var part in (string[])["clv", "explanation", "consents"])
            {
                figures[$"{customer} {part}"] = await TextAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}/{part}");
            }
        }

        if (!hasPseudonyms)
        {
            return figures;
        }

        using var reply = await clv.Http.PostAsJsonAsync(
            "api/v1/pseudonyms", new { ids = NamingTraffic.Customers.Select(c => c.ToLowerInvariant()), orders = NamingTraffic.Orders });
        var known = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var names = known.GetProperty("ids").EnumerateObject().Concat(known.GetProperty("orders").EnumerateObject()).ToList();
        foreach (var (key, text) in figures.ToList())
        {
            figures[key] = names.Aggregate(text, (t, n) => t.Replace(n.Value.GetString()!, n.Name, StringComparison.Ordinal));
        }

        return figures;

        async Task<string> TextAsync(string path)
        {
            using var answer = await clv.Http.GetAsync(path);
            var text = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            text = Age().Replace(Recent().Replace(text, "now"), "");
            return Long().Replace(
                text, n => double.Parse(n.Value, CultureInfo.InvariantCulture).ToString("F12", CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex("""(?<="seconds":)[0-9.]+""")]
    private static partial Regex Age();

    // Customers are added up in the order of their ids: the last digits of sums differ.
    [GeneratedRegex("""[0-9]+\.[0-9]{13,}""")]
    private static partial Regex Long();

    // What was said by the API, and when something was told: it happens at another time in each store.
    [GeneratedRegex("""20(2[6-9]|[3-9][0-9])-(0[3-9]|1[0-2])-[0-9]{2}T[0-9:.]+(Z|\+00:00)""")]
    private static partial Regex Recent();
}
