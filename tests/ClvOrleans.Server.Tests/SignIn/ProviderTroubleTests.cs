using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>What becomes of signing in where the provider is away, where there is none, and where it is configured wrongly.</summary>
public sealed class ProviderTroubleTests
{
    [Fact]
    public async Task A_provider_that_is_away_is_said_to_be_and_is_not_asked_more_often_than_the_limit_allows()
    {
        await using var clv = await ClvInProcess.ServeWithAsync(
            [
                $"Oidc__Authority=http://127.0.0.1:{OidcProvider.FreeAddress().Port}", "Oidc__ClientId=clv", "Oidc__ClientSecret=hush",
                "Oidc__Roles=owners=admin", "Limits__SignInsPerAddress=1",
            ],
            ClvProcess.NewFolder());
        using var browser = new Browser(clv.Http.BaseAddress!);
        using var reply = await browser.OpenAsync("sign-in/start?to=/docs");
        Assert.Equal("/sign-in?problem=Unreachable", reply.Headers.Location!.ToString());
        Assert.Equal("127.0.0.1", (await browser.ReadAsync("sign-in/provider")).Body.GetProperty("name").GetString());

        foreach (var path in (string[])["sign-in/start", "sign-in/callback?state=x&code=y"])
        {
            var (status, body) = (302, default(JsonElement));
            for (var i = 0; i < 40 && status == 302; i++)
            {
                using var next = await browser.OpenAsync(path);
                status = (int)next.StatusCode;
                body = status == 302 ? default : await next.Content.ReadFromJsonAsync<JsonElement>();
            }

            Assert.Equal((429, "sign_ins_per_address"), (status, body.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Without_a_provider_nothing_is_there()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        using var browser = new Browser(clv.Http.BaseAddress!);
        using var offer = await browser.OpenAsync("sign-in/provider");
        Assert.Equal(HttpStatusCode.NoContent, offer.StatusCode);
        foreach (var path in (string[])["sign-in/start", "sign-in/callback?state=x&code=y"])
        {
            var (status, body) = await browser.ReadAsync(path);
            Assert.Equal((404, "unknown_address"), (status, body.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task A_wrong_configuration_is_named_before_anything_is_served()
    {
        var (exit, _, error) = await ClvProcess.RunWithAsync(
            ["Oidc__Authority=http://login.example.com", "Oidc__Roles=owners=everything", "Oidc__ClientSecretFile=/nowhere/secret"],
            "serve", "--data", ClvProcess.NewFolder(), "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exit);
        Assert.Contains("Oidc__Authority: 'http://login.example.com' is not an https address", error, StringComparison.Ordinal);
        Assert.Contains("Oidc__ClientId: give what the provider calls this service.", error, StringComparison.Ordinal);
        Assert.Contains("Oidc__ClientSecretFile: /nowhere/secret cannot be read", error, StringComparison.Ordinal);
        Assert.Contains("Oidc__Roles: 'owners=everything': the scope is not read, act or admin.", error, StringComparison.Ordinal);
    }
}
