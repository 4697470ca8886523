using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>One service, and callers of all kinds.</summary>
public sealed class KeyFixture : IAsyncLifetime
{
    internal string Folder { get; } = ClvProcess.NewFolder();

    internal RunningClv Clv { get; private set; } = null!;

    internal Uri Address => Clv.Http.BaseAddress!;

    // With all that has a line in the matrix.
    public async ValueTask InitializeAsync() => Clv = await ClvInProcess.ServeWithAsync(["Dashboard__Enabled=true"], Folder);

    public ValueTask DisposeAsync() => Clv.DisposeAsync();

    /// <summary>Somebody whom nobody knows; no cookie is kept.</summary>
    internal HttpClient Anybody() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A new key.</summary>
    internal async Task<(string Id, string Key)> MakeAsync(string scope, string name = "test", string? store = null, int? days = null)
    {
        using var reply = await Clv.Http.PostAsJsonAsync("api/v1/keys", new { name, scope, store, expiresInDays = days });
        var made = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }

    /// <summary>A caller with a key.</summary>
    internal HttpClient With(string key)
    {
        var http = Anybody();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>A browser that has opened a link; its requests come from the pages of the service.</summary>
    internal async Task<HttpClient> SignInAsync()
    {
        var http = Anybody();
        using var reply = await SignInAsync(http, (await Clv.LinkAsync()).Split('#')[1]);
        http.DefaultRequestHeaders.Add("Cookie", CookieOf(reply.EnsureSuccessStatusCode()));
        http.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return http;
    }

    /// <summary>What the page of signing in sends.</summary>
    internal async Task<HttpResponseMessage> SignInAsync(HttpClient http, string credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sign-in") { Content = JsonContent.Create(new { credential }) };
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return await http.SendAsync(request);
    }

    internal static string CookieOf(HttpResponseMessage reply) => reply.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
}
