using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Testing;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Two silos over one PostgreSQL: who is let in by one is let in by the other, and no longer than there.</summary>
public sealed class KeysOfSilosTests : IAsyncLifetime
{
    private const int Rounds = 10;
    private readonly List<RunningClv> _silos = [];

    public async ValueTask InitializeAsync()
    {
        var schema = $"keys_{Guid.NewGuid():N}";
        var connection = TestServer.ConnectionStringFor(schema);
        await TestServer.RunAsync(TestServer.ConnectionStringFor("public"), $"CREATE SCHEMA {schema}");
        for (var i = 0; i < 2; i++)
        {
            var folder = ClvProcess.NewFolder();
            await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), """{ "writeKeys": { "WK": "web" } }""");
            _silos.Add(await ClvInProcess.ServeAsync(folder, options: ["--postgres", connection]));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_key_that_one_silo_revokes_is_refused_by_the_other_from_the_answer_on()
    {
        var (here, there) = (_silos[0], _silos[1]);
        for (var round = 0; round < Rounds; round++)
        {
            var made = await MadeAsync(await here.Http.PostAsJsonAsync("api/v1/keys", new { name = "x", scope = "read" }));
            using var http = new HttpClient { BaseAddress = there.Http.BaseAddress };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("key").GetString());

            // The other silo knows the key all the while, and has read it only just now when it is revoked.
            using var end = new CancellationTokenSource();
            var asking = AskAsync(http, end.Token);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http));
            using var revoked = await here.Http.DeleteAsync($"api/v1/keys/{made.GetProperty("id").GetString()}");
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http));
            await end.CancelAsync();
            await asking;
        }
    }

    [Fact]
    public async Task The_owners_keys_of_all_folders_open_all_silos_and_a_link_opens_at_one_of_them()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_silos[0].Http));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_silos[1].Http));
        var secret = (await _silos[0].LinkAsync()).Split('#')[1];
        var answers = await Task.WhenAll(_silos.Select(async silo =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "sign-in");
            request.Content = JsonContent.Create(new { credential = secret });
            request.Headers.Add("Origin", silo.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
            using var reply = await silo.Http.SendAsync(request);
            return reply.StatusCode;
        }));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Unauthorized], answers.Order());
    }

    private static async Task AskAsync(HttpClient http, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await StatusAsync(http);
            await Pause.ShortAsync(CancellationToken.None); // As fast as it can, it would be over the limit of a caller.
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http)
    {
        using var reply = await http.GetAsync("api/v1/models/history");
        return reply.StatusCode;
    }

    private static async Task<JsonElement> MadeAsync(HttpResponseMessage reply)
    {
        using (reply)
        {
            return await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
