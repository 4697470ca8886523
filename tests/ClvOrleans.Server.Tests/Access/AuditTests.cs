using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>Who did what is in the log, and the log tells nobody's id.</summary>
public sealed class AuditTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    private static readonly string[] Anna = ["anna"];

    [Fact]
    public async Task Reads_changes_exports_and_refusals_are_kept_with_who_and_of_whom()
    {
        await fixture.Clv.SendAsync(Tracked.Order("anna", "a1", 10m), Tracked.Order("a/b", "a2", 10m));
        var (id, key) = await fixture.MakeAsync("act", "erp");
        using var http = fixture.With(key);
        for (var i = 0; i < 3; i++)
        {
            using var read = await http.GetAsync("api/v1/customers/anna/clv");
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        using var escaped = await http.GetAsync("api/v1/customers/a%2Fb/clv");
        using var list = await http.PostAsJsonAsync("api/v1/lists/friends/customers", new { add = Anna });
        using var export = await http.GetAsync("api/v1/audiences/ads");
        using var refused = await http.GetAsync("api/v1/keys");

        var entries = await EntriesAsync($"caller={id}");
        Assert.All(entries, e => Assert.Equal("erp", e.GetProperty("name").GetString()));
        var reads = entries.Where(e => Operation(e) == "GET /api/v1/customers/{id}/clv").ToArray();
        Assert.Equal(4, reads.Sum(e => e.GetProperty("count").GetInt64()));
        Assert.Equal(2, reads.SelectMany(e => e.GetProperty("customers").EnumerateArray()).Select(c => c.GetString()).Distinct().Count());
        Assert.Equal(
            ("Change", "friends", 200), Of(entries.Single(e => Operation(e) == "POST /api/v1/lists/{list}/customers")));
        Assert.Equal(("Export", "ads", (int)export.StatusCode), Of(entries.Single(e => Operation(e) == "GET /api/v1/audiences/{name}")));
        Assert.Equal(("Read", "", 403), Of(entries.Single(e => Operation(e) == "GET /api/v1/keys")));
        Assert.NotEmpty(await EntriesAsync($"caller={id}&customer=anna"));
        Assert.NotEmpty(await EntriesAsync($"caller={id}&customer=a%2Fb"));
        Assert.Empty(await EntriesAsync("customer=nobody-asked-for"));
        Assert.DoesNotContain("anna", await fixture.Clv.Http.GetStringAsync($"api/v1/audit?caller={id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_in_the_log_before_its_answer_and_what_nobody_may_do_is_there_too()
    {
        using var made = await fixture.Clv.Http.PutAsJsonAsync("api/v1/own-segments/noted", new { rule = "orders > 0" });
        Assert.Contains(await EntriesAsync("action=change"), e => Of(e) == ("Change", "noted", (int)made.StatusCode));
        using var anybody = fixture.Anybody();
        using var refused = await anybody.DeleteAsync("api/v1/own-segments/noted");
        Assert.Contains(await EntriesAsync("caller=nobody"), e => Of(e) == ("Change", "", 401));
    }

    [Fact]
    public async Task Events_are_not_in_the_log_and_a_wrong_question_is_refused()
    {
        await fixture.Clv.SendAsync(Tracked.Order("ben", "b1", 10m));
        Assert.DoesNotContain(await EntriesAsync("limit=1000"), e => Operation(e).Contains("/v1/batch", StringComparison.Ordinal));
        foreach (var wrong in (string[])["action=look", "since=yesterday", "cursor=x", "limit=0", "who=me"])
        {
            using var reply = await fixture.Clv.Http.GetAsync($"api/v1/audit?{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        }
    }

    private async Task<JsonElement[]> EntriesAsync(string query) =>
        [.. (await fixture.Clv.Http.GetFromJsonAsync<JsonElement>($"api/v1/audit?{query}")).GetProperty("entries").EnumerateArray()];

    private static string Operation(JsonElement entry) => entry.GetProperty("operation").GetString()!;

    private static (string Action, string Target, int Status) Of(JsonElement entry) => (
        entry.GetProperty("action").GetString()!, entry.GetProperty("target").GetString()!, entry.GetProperty("status").GetInt32());
}
