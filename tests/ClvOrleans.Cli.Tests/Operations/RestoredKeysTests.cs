using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Who comes in after a restore: nobody by a session or a link of then, and by keys as whoever restores decides.</summary>
public sealed class RestoredKeysTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Sessions_end_keys_go_on_unless_they_are_to_end_and_those_that_send_events_always_do(bool isPostgres, bool revokeKeys)
    {
        var (place, backup) = (await Place.NewAsync(isPostgres: false), Path.Combine(ClvProcess.NewFolder(), "backup"));
        string read, write, cookie;
        await using (var service = await place.ServeAsync())
        {
            (read, write) = (await MakeAsync(service, "read"), await MakeAsync(service, "write"));
            cookie = await SignInAsync(service, read);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "Cookie", cookie));
            await place.RunAsync("backup", "--to", backup);
            using var revoked = await service.Http.DeleteAsync($"api/v1/keys/{read.Split('_')[2]}");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, "Authorization", $"Bearer {read}"));
        }

        var restored = await Place.NewAsync(isPostgres);
        string[] options = revokeKeys ? ["--revoke-keys"] : [];
        var said = await restored.RunAsync(["restore", "--from", backup, .. options]);
        Assert.Contains($"Valid as they were then: {(revokeKeys ? 1 : 3)} keys", said, StringComparison.Ordinal);
        await using var served = await restored.ServeAsync();
        var port = served.Http.BaseAddress!.Port;
        Assert.Equal(
            HttpStatusCode.Unauthorized, await StatusAsync(served, "Cookie", $"clv-session-{port}={cookie.Split('=', 2)[1]}"));
        Assert.Equal(
            revokeKeys ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, await StatusAsync(served, "Authorization", $"Bearer {read}"));
        using var sent = await served.Http.PostAsJsonAsync("v1/track", new { userId = "anna", @event = "Seen", writeKey = write });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    private static async Task<string> MakeAsync(RunningClv service, string scope)
    {
        using var made = await service.Http.PostAsJsonAsync("api/v1/keys", new { name = scope, scope });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<string> SignInAsync(RunningClv service, string credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sign-in") { Content = JsonContent.Create(new { credential }) };
        request.Headers.Add("Origin", service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var reply = await service.Http.SendAsync(request);
        return reply.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningClv service, string header, string value)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = service.Http.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        using var reply = await http.GetAsync("api/v1/segments");
        return reply.StatusCode;
    }
}
