using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Erasure, suppression and access over HTTP.</summary>
public sealed class PrivacyApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Theory]
    [InlineData(
        "api/v1/regulations", """{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":["WHO"]}""", "erased-1",
        "data.regulateId")]
    [InlineData(
        "v1beta/workspaces/shop/regulations",
        """{"regulation_type":"Suppress_With_Delete","attributes":{"name":"userId","values":["WHO"]}}""", "erased-2", "regulate_id")]
    public async Task Either_form_of_a_regulation_erases_and_tells_how_far_it_is(string path, string body, string user, string idAt)
    {
        await TrackAsync(user, 3);
        var (status, answer) = await fixture.SendAsync(HttpMethod.Post, path, body.Replace("WHO", user, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
        var id = idAt.Split('.').Aggregate(answer, (e, name) => e.GetProperty(name)).GetString();

        var regulation = await EndAsync(id!);
        Assert.Equal("FINISHED", regulation.GetProperty("overallStatus").GetString());
        Assert.Equal((1, 1, 3), (
            regulation.GetProperty("result").GetProperty("subjects").GetInt32(),
            regulation.GetProperty("result").GetProperty("found").GetInt32(),
            regulation.GetProperty("result").GetProperty("events").GetInt32()));
        await fixture.RefusedAsync(404, "unknown_customer", $"api/v1/customers/{user}");
        var job = await fixture.GetAsync($"api/v1/jobs/{id}");
        Assert.DoesNotContain(user, job.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(
            id,
            (await fixture.GetAsync("api/v1/regulations")).GetProperty("regulations").EnumerateArray()
                .Select(r => r.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("{}", "regulationType '' is not DELETE_ONLY, SUPPRESS_WITH_DELETE, SUPPRESS_ONLY, UNSUPPRESS.")]
    [InlineData("[]", "An object was expected")]
    [InlineData(
        """{"regulationType":"DELETE_ONLY","subjectType":"OBJECT_ID","subjectIds":["1"]}""",
        "subjectType 'OBJECT_ID' is not USER_ID.")]
    [InlineData(
        """{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":[]}""",
        "subjectIds is not an array of 1 to 10000 ids.")]
    [InlineData(
        """{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":["a",1]}""",
        "subjectIds[1] is missing or no text.")]
    [InlineData(
        """{"regulation_type":"Delete","attributes":{"name":"email","values":["a"]}}""", "attributes.name 'email' is not userId.")]
    public async Task A_wrong_request_is_named_with_its_field(string body, string message) => Assert.StartsWith(
        message, await fixture.RefusedAsync(400, "invalid_regulation", "api/v1/regulations", HttpMethod.Post, body),
        StringComparison.Ordinal);

    [Fact]
    public async Task All_that_is_held_on_a_person_is_one_readable_archive()
    {
        await TrackAsync("asks-1", 4);
        using var reply = await fixture.Clv.Http.GetAsync("api/v1/customers/asks-1/archive");
        Assert.Equal("application/zip", reply.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await reply.Content.ReadAsStreamAsync());
        string[] names = [.. zip.Entries.Select(e => e.FullName)];
        var readMe = Text(zip, "README.txt");
        Assert.All(names, n => Assert.True(n == "README.txt" || readMe.Contains(n, StringComparison.Ordinal), n));
        Assert.Equal(
            ["README.txt", "customer.json", "consents.json", "events.json", "orders.json", "reviews.json", "value.json"], names[..7]);
        using var events = JsonDocument.Parse(Text(zip, "events.json"));
        Assert.Equal(4, events.RootElement.GetArrayLength());
        foreach (var name in names.Where(n => n.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(Text(zip, name));
        }

        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/customers/asks-nobody/archive");
    }

    private Task<JsonElement> TrackAsync(string user, int orders) => fixture.Clv.SendAsync(
        [.. Enumerable.Range(0, orders).Select(i => ClvFixture.Order(user, $"{user}:{i}", 10m + i))]);

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private async Task<JsonElement> EndAsync(string id)
    {
        while (true)
        {
            var regulation = (await fixture.GetAsync($"api/v1/regulations/{id}")).GetProperty("data").GetProperty("regulation");
            if (regulation.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return regulation;
            }

            await Pause.ShortAsync();
        }
    }
}
