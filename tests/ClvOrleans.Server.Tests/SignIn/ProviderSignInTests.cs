using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>People sign in by a real provider: with what their roles give, and nobody else.</summary>
public sealed class ProviderSignInTests(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    [Theory]
    [InlineData("ada", "owners", "admin")]
    [InlineData("ben", "marketing", "act")]
    [InlineData("cleo", "staff", "read")]
    public async Task A_person_may_do_what_their_role_gives(string person, string role, string scope)
    {
        await fixture.Provider.HasRolesAsync(person, "elsewhere", role);
        using var browser = fixture.NewBrowser();
        Assert.Equal("/storefront", await browser.SignInAsync(person, "?to=/storefront"));

        Assert.Equal(scope == "admin" ? 200 : 403, (await browser.ReadAsync("api/v1/keys")).Status);
        Assert.Equal(200, (await browser.ReadAsync("api/v1/stores")).Status);
        var session = (await SessionsAsync()).Single(s => NameOf(s) == $"{person}@shop.example ({person})");
        Assert.Equal(scope, session.GetProperty("scope").GetString());
        Assert.Equal(
            TimeSpan.FromMinutes(20),
            session.GetProperty("expiresAt").GetDateTimeOffset() - session.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Contains(await AuditAsync(session.GetProperty("id").GetString()!), e =>
            NameOf(e) == $"{person}@shop.example ({person})" && e.GetProperty("operation").GetString() == "GET /sign-in/callback");
    }

    [Fact]
    public async Task The_first_role_of_the_list_counts_and_roles_are_read_again_at_each_sign_in()
    {
        foreach (var (roles, status) in ((string[] Roles, int Status)[])[
            (["staff", "owners"], 200), (["staff", "marketing"], 403), (["owners"], 200)
        ])
        {
            await fixture.Provider.HasRolesAsync("petra", roles);
            using var browser = fixture.NewBrowser();
            Assert.Equal("/", await browser.SignInAsync("petra"));
            Assert.Equal(status, (await browser.ReadAsync("api/v1/keys")).Status);
        }
    }

    [Theory]
    [InlineData("Owners")]
    [InlineData("owners ")]
    [InlineData("owners=admin")]
    [InlineData("admin")]
    [InlineData("")]
    public async Task Whoever_has_no_role_that_is_named_stays_outside_and_is_in_the_log(string role)
    {
        await fixture.Provider.HasRolesAsync("nobody-here", role);
        using var browser = fixture.NewBrowser();
        Assert.Equal("/sign-in?problem=NoRole", await browser.SignInAsync("nobody-here"));
        Assert.Null(browser.Session);
        Assert.Contains(await AuditAsync("nobody"), e =>
            NameOf(e) == "nobody-here@shop.example (nobody-here)" && e.GetProperty("target").GetString() == "NoRole"
                && e.GetProperty("status").GetInt32() == 403);
    }

    [Fact]
    public async Task Whom_the_provider_refuses_stays_outside()
    {
        using var browser = fixture.NewBrowser();
        Assert.Equal("/sign-in?problem=Refused", await browser.SignInAsync("a-stranger"));
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task A_person_of_one_store_sees_that_one_and_one_of_two_stores_says_which()
    {
        await fixture.Provider.HasRolesAsync("dora", "shop-de", "shop-fr");
        foreach (var (query, store, other) in ((string, string, string)[])[("", "de", "fr"), ("?store=fr", "fr", "de")])
        {
            using var browser = fixture.NewBrowser();
            Assert.Equal("/", await browser.SignInAsync("dora", query));
            var (status, stores) = await browser.ReadAsync("api/v1/stores");
            Assert.Equal(200, status);
            Assert.Equal([store], stores.GetProperty("stores").EnumerateArray().Select(s => s.GetProperty("store").GetString()));
            Assert.Equal(200, (await browser.ReadAsync("api/v1/segments")).Status);
            Assert.NotEqual(200, (await browser.ReadAsync($"api/v1/stores/{other}")).Status);
        }

        using var elsewhere = fixture.NewBrowser();
        Assert.Equal("/sign-in?problem=NoRole", await elsewhere.SignInAsync("dora", "?store=shop"));
        Assert.Equal("/sign-in?problem=NoRole", await elsewhere.SignInAsync("dora", "?store=nowhere"));
        Assert.Equal(400, (await elsewhere.ReadAsync("sign-in/start?store=No%20such")).Status);
    }

    [Fact]
    public async Task Only_the_answer_to_the_question_of_this_browser_counts_and_only_once()
    {
        await fixture.Provider.HasRolesAsync("olga", "owners");
        using var browser = fixture.NewBrowser();
        var answer = await browser.AskProviderAsync("olga");
        var kept = browser.Cookies.GetAllCookies().Select(c => new Cookie(c.Name, c.Value, c.Path, c.Domain)).ToArray();
        using var stranger = fixture.NewBrowser();
        Uri[] wrong =
        [
            With(answer, "state", s => ""), With(answer, "state", s => s[..^8] + "AAAAAAAA"), With(answer, "state", s => "x" + s),
            new(answer, answer.AbsolutePath), new(answer, answer.AbsolutePath + "?error=access_denied"),
        ];
        foreach (var uri in wrong)
        {
            Assert.Equal("/sign-in?problem=Failed", await browser.AnswerAsync(uri));
        }

        Assert.Equal("/sign-in?problem=Failed", await stranger.AnswerAsync(answer));
        Assert.Equal("/", await browser.AnswerAsync(answer));

        // Again, as it is, and by a browser with the cookies of then.
        Assert.Equal("/sign-in?problem=Failed", await browser.AnswerAsync(answer));
        using var thief = fixture.NewBrowser();
        Array.ForEach(kept, thief.Cookies.Add);
        Assert.Equal("/sign-in?problem=Failed", await thief.AnswerAsync(answer));
        Assert.Equal((null, null), (stranger.Session, thief.Session));
    }

    [Fact]
    public async Task The_code_of_one_question_does_not_answer_another()
    {
        await fixture.Provider.HasRolesAsync("olga", "owners");
        using var browser = fixture.NewBrowser();
        var (first, second) = (await browser.AskProviderAsync("olga"), await browser.AskProviderAsync("olga"));
        var code = System.Web.HttpUtility.ParseQueryString(first.Query)["code"]!;
        Assert.Equal("/sign-in?problem=Failed", await browser.AnswerAsync(With(second, "code", _ => code)));
        Assert.Equal("/sign-in?problem=Failed", await browser.AnswerAsync(With(first, "code", _ => "made-up")));
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task An_ended_session_is_over_and_whoever_signs_out_is_sent_to_the_provider_to_do_so_there()
    {
        await fixture.Provider.HasRolesAsync("sara", "owners");
        using var browser = fixture.NewBrowser();
        await browser.SignInAsync("sara");
        var session = (await SessionsAsync()).Last(s => NameOf(s).EndsWith("(sara)", StringComparison.Ordinal));
        using var ended = await fixture.Clv.Http.DeleteAsync($"api/v1/sessions/{session.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(401, (await browser.ReadAsync("api/v1/keys")).Status);

        await browser.SignInAsync("sara");
        using var reply = await browser.SendAsync(HttpMethod.Post, "sign-out");
        var location = new Uri((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("location").GetString()!);
        var query = System.Web.HttpUtility.ParseQueryString(location.Query);
        Assert.Equal(new Uri(fixture.Provider.Address, "session/end"), new Uri(location.GetLeftPart(UriPartial.Path)));
        Assert.Equal((new Uri(fixture.Address, "sign-in").ToString(), "clv"), (query["post_logout_redirect_uri"], query["client_id"]));
        Assert.Equal(3, query["id_token_hint"]!.Split('.').Length);
        Assert.Equal(401, (await browser.ReadAsync("api/v1/keys")).Status);
        using var provider = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await provider.GetAsync(location)).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("evil.example")]
    public async Task Nobody_is_sent_to_another_site(string to)
    {
        await fixture.Provider.HasRolesAsync("olga", "owners");
        using var browser = fixture.NewBrowser();
        Assert.Equal("/", await browser.SignInAsync("olga", $"?to={Uri.EscapeDataString(to)}"));
    }

    private static Uri With(Uri address, string name, Func<string, string> change)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        query[name] = change(query[name]!);
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }

    private static string NameOf(JsonElement of) => of.GetProperty("name").GetString()!;

    private async Task<JsonElement[]> SessionsAsync() =>
        [.. (await fixture.Clv.Http.GetFromJsonAsync<JsonElement>("api/v1/sessions")).GetProperty("keys").EnumerateArray()];

    private async Task<JsonElement[]> AuditAsync(string caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/audit?caller={caller}&limit=1000");
        request.Headers.Add("Clv-Store", "shop");
        using var reply = await fixture.Clv.Http.SendAsync(request);
        return [.. (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("entries").EnumerateArray()];
    }
}
