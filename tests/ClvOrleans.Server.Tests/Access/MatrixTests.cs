using System.Net;
using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>Every cell of the matrix, by the service: each endpoint for each kind of caller.</summary>
public sealed class MatrixTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    private const string WrongKey = "clv_admin_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_matrix_says_and_nobody_else()
    {
        var clients = new Dictionary<string, (HttpClient Http, Scope? Scope)>
        {
            ["nobody"] = (fixture.Anybody(), null),
            ["a wrong key"] = (fixture.With(WrongKey), null),
            ["the store's write key"] = (fixture.With("WK"), null),
            ["write"] = (fixture.With((await fixture.MakeAsync("write")).Key), Scope.Write),
            ["read"] = (fixture.With((await fixture.MakeAsync("read")).Key), Scope.Read),
            ["act"] = (fixture.With((await fixture.MakeAsync("act")).Key), Scope.Act),
            ["admin"] = (fixture.With((await fixture.MakeAsync("admin")).Key), Scope.Admin),
            ["the owner"] = (fixture.With(OwnerKey.Find(fixture.Folder)!), Scope.Admin),
            ["a session"] = (await fixture.SignInAsync(), Scope.Admin),
        };
        var wrong = new List<string>();
        foreach (var rule in new AccessRules().All.Where(r => r.Pattern != "/sign-out"))
        {
            var allowed = new HashSet<HttpStatusCode>();
            foreach (var (name, (http, scope)) in clients)
            {
                var status = await AskAsync(http, rule);
                var expected = MatrixTable.Refusal(rule, scope);
                if (expected is not null && status != expected)
                {
                    wrong.Add($"{rule.Method} {rule.Pattern}: {name} gets {(int)status}, not {(int)expected}");
                }
                else if (expected is null && rule.Door == Door.Scope)
                {
                    allowed.Add(status);
                }
            }

            // Whoever may ask is answered alike, by what the endpoint makes of an empty request about something that is not there.
            if (allowed.Overlaps([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden]) || allowed.Any(s => (int)s >= 500))
            {
                wrong.Add($"{rule.Method} {rule.Pattern}: those who may are answered {string.Join(", ", allowed.Select(s => (int)s))}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Write_keys_are_asked_for_by_the_addresses_of_tracking_and_open_no_other_door()
    {
        var (_, write) = await fixture.MakeAsync("write", "shop-2");
        var (_, read) = await fixture.MakeAsync("read");
        foreach (var rule in new AccessRules().All.Where(r => r.Door == Door.WriteKey && r.Method == "POST"))
        {
            Assert.Equal((200, 200, 401, 401), (
                await SendAsync(rule, "WK"), await SendAsync(rule, write), await SendAsync(rule, read),
                await SendAsync(rule, OwnerKey.Find(fixture.Folder)!)));
        }
    }

    [Fact]
    public void A_missing_line_and_one_too_many_are_named()
    {
        var rules = new AccessRules(["# a comment", "GET /there read"]);
        var error = Assert.Throws<InvalidOperationException>(() => rules.Check([]));
        Assert.Equal("Access/matrix.txt is not that of this service: GET /there is no endpoint.", error.Message);
        rules.Check([], leftOut: "/there");
        Assert.Throws<InvalidOperationException>(() => rules.Check([], leftOut: "/the"));
        Assert.Throws<FormatException>(() => new AccessRules(["GET /there"]));
        Assert.Throws<FormatException>(() => new AccessRules(["GET /there everyone"]));
    }

    [Theory]
    [InlineData("api/v1/nothing")]
    [InlineData("api")]
    [InlineData("API/V1/customers")]
    [InlineData("api//v1/customers")]
    [InlineData("api/v1/../v1/customers")]
    [InlineData("api/v1/customers/")]
    [InlineData("%61pi/v1/customers")]
    public async Task Whoever_may_not_ask_does_not_learn_what_is_there(string path)
    {
        using var http = fixture.Anybody();
        using var reply = await http.GetAsync(new Uri(fixture.Address, path));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Contains("\"unauthorized\"", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Bearer realm=\"clv\"", reply.Headers.WwwAuthenticate.ToString());
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, AccessRule rule)
    {
        using var request = new HttpRequestMessage(new HttpMethod(rule.Method), PathOf(rule));
        using var reply = await http.SendAsync(request);
        return reply.StatusCode;
    }

    private async Task<int> SendAsync(AccessRule rule, string key)
    {
        using var http = fixture.Anybody();
        var one = """{"type":"page","userId":"u","event":"x","groupId":"g","previousId":"v"}""";
        using var body = new StringContent($$"""{{one[..^1]}},"writeKey":"{{key}}","batch":[{{one}}]}""");
        using var reply = await http.PostAsync(new Uri(fixture.Address, PathOf(rule)), body);
        return (int)reply.StatusCode;
    }

    // Ids that nothing has.
    private static string PathOf(AccessRule rule) => string.Join('/', rule.Pattern.TrimStart('/').Split('/').Select(part =>
        part switch
        {
            "{documentName?}" => "",
            "{documentName}.json" => "v1.json",
            ['{', .., '}'] when part.Contains(":long", StringComparison.Ordinal)
                || part.Contains(":int", StringComparison.Ordinal) => "999999",
            ['{', .., '}'] => "nothing",
            _ => part,
        }));
}
