using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Server.Tests.Storage;

/// <summary>What people and clients are told when the store's files are not what they should be.</summary>
public sealed class StoreFilesTests
{
    [Theory]
    [InlineData("deleted", "missing or empty")]
    [InlineData("emptied", "missing or empty")]
    [InlineData("damaged", "is damaged")]
    [InlineData("newer", "was written by a newer version")]
    [InlineData("a folder", "is a folder")]
    public async Task A_journal_that_cannot_be_served_ends_the_start_with_one_sentence(string act, string expected)
    {
        var folder = await StoppedAsync();
        var path = Path.Combine(folder, "clv.db");
        switch (act)
        {
            case "deleted":
                File.Delete(path);
                break;
            case "emptied":
                await File.WriteAllBytesAsync(path, []);
                break;
            case "damaged":
                await using (var file = File.OpenWrite(path))
                {
                    file.Position = 4096 * 3;
                    await file.WriteAsync(new byte[4096]);
                }

                break;
            case "newer":
                Run(path, "INSERT INTO schema_migrations (name) VALUES ('Journal/9999-of-tomorrow.sql')");
                break;
            default:
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
        }

        var run = await ClvInProcess.RunAsync("serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var sentence = Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Contains(path, sentence, StringComparison.Ordinal);
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_deleted_under_the_service_is_never_answered_200()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(Tracked.Order("anna", "1", 5m));
        var path = Path.Combine(folder, "clv.db");
        File.Move(path, path + ".away");

        using var sent = await SendAsync(clv, "2");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (sent.StatusCode, sent.Headers.RetryAfter is not null));
        Assert.DoesNotContain(folder, await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var ready = await clv.Http.GetAsync("health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var problem = await ready.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains($"{path} was deleted or moved", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var read = await clv.Http.GetAsync("api/v1/customers/anna/clv");
        using var live = await clv.Http.GetAsync("health/live");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (read.StatusCode, live.StatusCode));
        Assert.False(File.Exists(path));

        File.Move(path + ".away", path);
        while (!(await clv.Http.GetAsync("health/ready")).IsSuccessStatusCode)
        {
            await Pause.ShortAsync();
        }

        await clv.SendAsync(Tracked.Order("anna", "2", 6m));
        Assert.Equal(11m, (await clv.ClvAsync("anna")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task Another_programs_lock_is_a_503_in_bounded_time_and_is_over_when_it_ends()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        using (var other = new SqliteConnection($"Data Source={Path.Combine(folder, "clv.db")};Pooling=false"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            using var sent = await SendAsync(clv, "1");
            Assert.True(
                sent.StatusCode == HttpStatusCode.ServiceUnavailable, $"{sent.StatusCode}: {await sent.Content.ReadAsStringAsync()}");
            using var ready = await clv.Http.GetAsync("health/ready");
            Assert.Contains("locked by another program", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await clv.SendAsync(Tracked.Order("anna", "1", 5m));
        using var again = await clv.Http.GetAsync("health/ready");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Broken_snapshots_are_set_aside_and_change_no_answer()
    {
        var folder = await StoppedAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "snapshots.db"), "garbage, and more of it than a header has");
        await using var clv = await ClvInProcess.ServeAsync(folder);
        Assert.Equal(5m, (await clv.ClvAsync("anna")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.True(File.Exists(Path.Combine(folder, "snapshots.db.set-aside")));
    }

    internal static async Task<string> StoppedAsync()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(Tracked.Order("anna", "1", 5m));
        Assert.Equal(0, await clv.StopAsync());
        return folder;
    }

    internal static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Task<HttpResponseMessage> SendAsync(RunningClv clv, string order) =>
        clv.Http.PostAsJsonAsync("v1/batch", new { batch = new[] { Tracked.Order("anna", order, 6m) }, writeKey = "WK" });
}
