using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>No secret is in what the service writes to its output and its log, whatever door it came by.</summary>
public sealed class SecretsInLogsTests
{
    private const string Settings = """
        {"currency":"USD","pseudonyms":true,"writeKeys":{"wk-of-the-page":"web"},"sources":[
          {"name":"shopify","kind":"shopify","secrets":["hush-of-the-shop"]},
          {"name":"google","kind":"ga4","measurementId":"G-ABC1234567","secrets":["hush-of-google"]}]}
        """;

    [Fact]
    public async Task All_doors_are_used_rightly_and_wrongly_and_no_secret_is_written()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), Settings);
        string[] environment =
        [
            "Email__Host=127.0.0.1", "Email__Port=1", "Email__Security=None", "Email__User=mailer", "Email__Password=hush-of-smtp",
            "Email__From=Shop <news@shop.example>", "Email__PublicUrl=http://shop.example",
            "Email__LinkKey=hush-of-links-0123456789abcdefghijkl", "Logging__LogLevel__Default=Debug",
            "Oidc__Authority=http://127.0.0.1:1", "Oidc__ClientId=clv", "Oidc__ClientSecret=hush-of-the-provider", "Oidc__Roles=o=admin",
        ];
        using var process = ClvProcess.Start(environment, ["serve", "--data", folder, "--urls", "http://127.0.0.1:0"]);
        var (said, error) = (new StringBuilder(), process.StandardError.ReadToEndAsync());
        Uri? address = null;
        string? link = null;
        while (link is null && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            address = line.Split(" at ") is [_, var rest] ? new Uri(rest.Split(' ')[0]) : address;
            link = line.StartsWith("Sign in: ", StringComparison.Ordinal) ? line.Split(' ')[2] : null;
            said.AppendLine(link is null ? line : ""); // It is for whoever started the service, and opens once.
        }

        var secrets = new List<string>
        {
            "wk-of-the-page", "hush-of", OwnerKey.Find(folder)!.Split('_', 4)[3], link!.Split('#')[1].Split('_', 4)[3],
        };
        await UseAllDoorsAsync(address!, folder, link, secrets);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        said.Append(await process.StandardOutput.ReadToEndAsync()).Append(await error);
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        var text = said.ToString();
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private static async Task UseAllDoorsAsync(Uri address, string folder, string link, List<string> secrets)
    {
        using var owner = OwnerKey.Client(address, folder);
        using var anybody = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
        using var made = await owner.PostAsJsonAsync("api/v1/keys", new { name = "x", scope = "read" });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        secrets.Add(key.Split('_', 4)[3]);
        secrets.Add((await owner.GetFromJsonAsync<JsonElement>("api/v1/pseudonyms/key")).GetProperty("key").GetString()!);

        // Whom a store with pseudonyms is not to know, its log does not tell.
        foreach (var path in (string[])["hush-of-anna", "hush-of-anna/clv?asOf=hush", "hush-of-anna/archive"])
        {
            using var reply = await owner.GetAsync($"api/v1/customers/{path}");
        }

        // Right and wrong, whole and broken.
        foreach (var authorization in (string[])[$"Bearer {key}", $"Bearer {key}x", $"Bearer {key[..^1]}", "Basic hush-of-basic", key])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/customers?limit=hush-of-a-query");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var reply = await anybody.SendAsync(request);
        }

        const string Event = """{"writeKey":"wk-of-the-page","userId":"hush-of-anna","event":"x"}""";
        foreach (var body in (string[])[Event, """{"writeKey":"hush-of-nobody"}""", "{"])
        {
            using var reply = await anybody.PostAsync("v1/track", new StringContent(body));
        }

        foreach (var signature in (string[])["hush-of-the-shop", "aGVsbG8="])
        {
            using var content = new StringContent("{}");
            content.Headers.Add("X-Shopify-Hmac-Sha256", signature);
            using var reply = await anybody.PostAsync("webhooks/shopify", content);
        }

        using var collected = await anybody.PostAsync(
            "mp/collect?measurement_id=G-ABC1234567&api_secret=hush-of-google", new StringContent("{"));
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "sign-in")
            {
                Content = JsonContent.Create(new { credential = link.Split('#')[1] }),
            };
            request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            using var reply = await anybody.SendAsync(request);
            if (reply.IsSuccessStatusCode)
            {
                var cookie = KeyFixture.CookieOf(reply);
                secrets.Add(cookie.Split('_', 4)[3]);
                using var page = new HttpRequestMessage(HttpMethod.Get, "api/v1/segments");
                page.Headers.Add("Cookie", cookie);
                using var seen = await anybody.SendAsync(page);
                Assert.True(seen.IsSuccessStatusCode);
            }
        }

        foreach (var path in (string[])["sign-in/start?to=/hush-of-a-page", "sign-in/callback?state=hush-of-a-state&code=hush-of-a-code"])
        {
            using var reply = await anybody.GetAsync(new Uri(address, path));
        }

        using var unsubscribe = await anybody.GetAsync(new Uri(address, "unsubscribe/hush-of-a-token"));
        using var revoked = await owner.DeleteAsync($"api/v1/keys/{key.Split('_')[2]}");
        Assert.True(revoked.IsSuccessStatusCode);
    }
}
