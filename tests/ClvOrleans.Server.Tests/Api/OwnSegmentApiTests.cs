using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Own segments over HTTP: define, count, list, export, follow, change and remove.</summary>
public sealed class OwnSegmentApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task A_segment_is_defined_counted_listed_exported_followed_and_removed()
    {
        await ListAsync("early-birds", """{"add":["ada","bob","=cmd"],"remove":["cleo"]}""");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("birds", "'early-birds' in lists", "From the fair")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("birds-too", "'birds' in segments and kind = 'customer'")).Status);
        var list = await ProgressAsync();
        Assert.Equal((3, 3), (CountOf(list, "birds"), CountOf(list, "birds-too")));
        Assert.Equal(2, list.GetProperty("revision").GetInt64());

        var page = await fixture.GetAsync("api/v1/own-segments/birds/customers?limit=2");
        var rest = await fixture.GetAsync($"api/v1/own-segments/birds/customers?limit=2&cursor={page.GetProperty("next").GetString()}");
        Assert.Equal(["=cmd", "ada", "bob"], Ids(page).Concat(Ids(rest)).Order(StringComparer.Ordinal));
        Assert.Equal(2, page.GetProperty("revision").GetInt64());
        var lines = (await TextAsync("api/v1/own-segments/birds/export")).Split("\r\n");
        Assert.Equal("customer,kind,email,segment,orders,historic,predicted,at_risk,p_alive,last_seen", lines[0]);
        Assert.StartsWith("ada,Customer,,prospect,0,", lines[2], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        var objects = (await TextAsync("api/v1/own-segments/birds/export?format=jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["=cmd", "ada", "bob"], objects.Select(o => JsonElement.Parse(o).GetProperty("customer").GetString()));

        await ListAsync("early-birds", """{"remove":["bob"]}""");
        var transitions = (await fixture.GetAsync("api/v1/transitions?segment=birds&limit=1")).GetProperty("transitions")[0];
        Assert.Equal(
            ("bob", "Left", "segment/birds", "Event"),
            (transitions.GetProperty("customer").GetString(), transitions.GetProperty("kind").GetString(),
                transitions.GetProperty("subject").GetString(), transitions.GetProperty("cause").GetString()));
        Assert.Equal(4, (await fixture.GetAsync("api/v1/transitions?customer=bob")).GetProperty("transitions").GetArrayLength());
        Assert.Equal(2, (await fixture.GetAsync("api/v1/lists")).EnumerateArray().Single().GetProperty("customers").GetInt64());

        Assert.Equal(
            "Segment birds cannot be removed: birds-too ask for it. Change or remove them first.",
            await fixture.RefusedAsync(409, "segment_in_use", "api/v1/own-segments/birds", HttpMethod.Delete));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/own-segments/birds-too")).Status);
        await PutAsync("birds", "orders > 100", "Nobody");
        var changed = await fixture.GetAsync("api/v1/own-segments/birds");
        Assert.Equal([4, 1], changed.GetProperty("history").EnumerateArray().Select(d => d.GetProperty("revision").GetInt32()));
        Assert.Equal(0, CountOf(await ProgressAsync(), "birds"));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/own-segments/birds")).Status);
        await fixture.RefusedAsync(404, "unknown_segment", "api/v1/own-segments/birds", HttpMethod.Get);
    }

    [Theory]
    [InlineData(
        "a", """{"rule":"predictdValue > 3"}""", "invalid_rule",
        "rule, line 1, column 1: There is no field predictdValue. Did you mean predictedValue?\npredictdValue > 3\n^")]
    [InlineData(
        "a", """{"rule":"'b' in segments"}""", "invalid_rule",
        "rule, line 1, column 1: There is no own segment b. There is none yet.\n'b' in segments\n^")]
    [InlineData(
        "A", """{"rule":"true"}""", "invalid_segment",
        "Segment 'A': a name begins with a letter of a-z and goes on with up to 62 of a-z, 0-9 and '-'.")]
    [InlineData("a", """{"rule":1}""", "invalid_segment", "rule must be a text.")]
    [InlineData("a", """{"description":"x"}""", "invalid_segment", "rule is missing.")]
    [InlineData(
        "a", """{"rule":"true","size":1}""", "invalid_segment", "size is not a member of this body; it takes rule and description.")]
    public async Task A_definition_that_cannot_be_used_is_refused_with_the_place_and_a_way_out(
        string id, string body, string code, string message) =>
        Assert.Equal(message, await fixture.RefusedAsync(400, code, $"api/v1/own-segments/{id}", HttpMethod.Put, body));

    [Theory]
    [InlineData("a", "{}", "1 to 1,000 ids were expected in add and remove.")]
    [InlineData("a", """{"add":"ada"}""", "add must be an array of user ids.")]
    [InlineData(
        "Fair", """{"add":["ada"]}""", "List 'Fair': a name begins with a letter of a-z and goes on with up to 62 of a-z, 0-9 and '-'.")]
    public async Task A_change_of_a_list_that_cannot_be_read_is_refused(string list, string body, string message) =>
        Assert.Equal(message, await fixture.RefusedAsync(400, "invalid_list", $"api/v1/lists/{list}/customers", HttpMethod.Post, body));

    [Fact]
    public async Task What_is_asked_of_no_segment_is_refused()
    {
        await fixture.RefusedAsync(404, "unknown_segment", "api/v1/own-segments/none/customers", HttpMethod.Get);
        await fixture.RefusedAsync(404, "unknown_segment", "api/v1/own-segments/none/export", HttpMethod.Get);
        await fixture.RefusedAsync(404, "unknown_segment", "api/v1/own-segments/none", HttpMethod.Delete);
        await fixture.RefusedAsync(400, "invalid_format", "api/v1/own-segments/none/export?format=xls", HttpMethod.Get);
        await fixture.RefusedAsync(400, "invalid_cursor", "api/v1/transitions?cursor=1-2", HttpMethod.Get);
        await fixture.RefusedAsync(400, "invalid_segment", "api/v1/transitions?segment=A", HttpMethod.Get);
        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/transitions?customer=nobody-here", HttpMethod.Get);
    }

    private static int CountOf(JsonElement list, string segment) => list.GetProperty("segments").EnumerateArray()
        .Single(s => s.GetProperty("definition").GetProperty("segment").GetString() == segment).GetProperty("total")
        .GetProperty("customers").GetInt32();

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("customers").EnumerateArray().Select(c => c.GetProperty("customer").GetString());

    private async Task<(HttpStatusCode Status, JsonElement Reply)> PutAsync(string id, string rule, string description = "") =>
        await fixture.SendAsync(
            HttpMethod.Put, $"api/v1/own-segments/{id}", JsonSerializer.Serialize(new { rule, description }));

    private async Task ListAsync(string list, string body)
    {
        var (status, reply) = await fixture.SendAsync(HttpMethod.Post, $"api/v1/lists/{list}/customers", body);
        Assert.True(status == HttpStatusCode.OK && reply.GetProperty("refused").GetArrayLength() == 0, reply.ToString());
    }

    // Until all customers have been looked at by the last definition; a report is at most a second old.
    private async Task<JsonElement> ProgressAsync()
    {
        while (true)
        {
            var list = await fixture.GetAsync("api/v1/own-segments");
            var last = list.GetProperty("segments").EnumerateArray()
                .Max(s => s.GetProperty("definition").GetProperty("revision").GetInt64());
            if (list.GetProperty("revision").GetInt64() >= last && list.GetProperty("progress").GetDouble() == 1)
            {
                return list;
            }

            await Pause.ShortAsync();
        }
    }

    private async Task<string> TextAsync(string address) => await fixture.Clv.Http.GetStringAsync(new Uri(address, UriKind.Relative));
}
