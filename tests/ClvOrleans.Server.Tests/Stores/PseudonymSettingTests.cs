using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>When a store may begin and end to have pseudonyms.</summary>
public sealed class PseudonymSettingTests
{
    private const string With = """{ "writeKeys": { "WK": "web" }, "pseudonyms": true }""";
    private const string Without = """{ "writeKeys": { "WK": "web" } }""";
    private readonly string _folder = ClvProcess.NewFolder();

    [Fact]
    public async Task A_store_may_change_its_mind_until_something_of_a_person_came()
    {
        await WriteAsync(Without);
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(clv, 1, true)).Status);
        var first = await KeyAsync(clv);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(clv, 2, false)).Status);
        Assert.Null(await KeyAsync(clv));
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(clv, 3, true)).Status);
        Assert.NotEqual(first, await KeyAsync(clv));

        await clv.SendAsync(Tracked.Order("c", "1", 20m));
        var (status, problem) = await ChangeAsync(clv, 4, false);
        Assert.Equal((HttpStatusCode.Conflict, "store_has_people"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains("make another store", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(20m, (await clv.ClvAsync("c")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task A_refused_event_is_enough_to_keep_a_store_from_beginning()
    {
        await WriteAsync(Without);
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        await clv.SendAsync(new { type = "track", userId = "c" });
        Assert.Equal(HttpStatusCode.Conflict, (await ChangeAsync(clv, 1, true)).Status);
    }

    [Theory]
    [InlineData(With, Without, "pseudonyms is not true, but this store keeps people under pseudonyms")]
    [InlineData(Without, With, "pseudonyms is true, but this store keeps people, or what was sent of them, under their own ids")]
    public async Task A_store_file_that_changes_it_afterwards_is_not_served(string first, string then, string why)
    {
        await WriteAsync(first);
        await using (var clv = await ClvInProcess.ServeAsync(_folder))
        {
            await clv.SendAsync(Tracked.Order("c", "1", 20m));
            Assert.Equal(0, await clv.StopAsync());
        }

        await WriteAsync(then);
        var (status, _, error) = await ClvInProcess.RunAsync("serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, status);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_store_has_a_key_of_its_own()
    {
        await WriteAsync(With);
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        using var made = await clv.Http.PostAsJsonAsync("api/v1/stores", new { id = "outlet", pseudonyms = true });
        Assert.True(made.IsSuccessStatusCode);
        clv.Http.DefaultRequestHeaders.Add("Clv-Store", "outlet");
        var theirs = await KeyAsync(clv);
        clv.Http.DefaultRequestHeaders.Remove("Clv-Store");
        clv.Http.DefaultRequestHeaders.Add("Clv-Store", "shop");
        Assert.NotNull(theirs);
        Assert.NotEqual(theirs, await KeyAsync(clv));
    }

    [Fact]
    public async Task A_store_whose_key_was_removed_takes_nothing_and_gets_no_other_key()
    {
        await WriteAsync(With);
        await using (var clv = await ClvInProcess.ServeAsync(_folder))
        {
            await clv.SendAsync(Tracked.Order("c", "1", 20m));
            Assert.Equal(0, await clv.StopAsync());
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "clv.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM pseudonym_keys";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await WriteAsync("""{ "writeKeys": { "WK": "web" }, "pseudonyms": true, "marginBasisPoints": 4000 }""");
        await using var again = await ClvInProcess.ServeAsync(_folder);
        object[] batch = [Tracked.Order("c", "2", 20m)];
        using var reply = await again.Http.PostAsJsonAsync("v1/batch", new { batch, writeKey = "WK" });
        Assert.Equal(HttpStatusCode.Gone, reply.StatusCode);
        using var asked = await again.Http.GetAsync("api/v1/pseudonyms/key");
        Assert.False(asked.IsSuccessStatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ChangeAsync(RunningClv clv, int version, bool pseudonyms)
    {
        using var reply = await clv.Http.PutAsJsonAsync("api/v1/stores/shop", new { version, pseudonyms });
        return (reply.StatusCode, await reply.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<string?> KeyAsync(RunningClv clv)
    {
        using var reply = await clv.Http.GetAsync("api/v1/pseudonyms/key");
        return reply.IsSuccessStatusCode ? (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString() : null;
    }

    private Task WriteAsync(string settings) => File.WriteAllTextAsync(Path.Combine(_folder, "store.json"), settings);
}
