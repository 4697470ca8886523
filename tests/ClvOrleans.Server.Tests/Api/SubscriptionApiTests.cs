using System.Net;

namespace ClvOrleans.Server.Tests.Api;

public sealed class SubscriptionApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private const string Url = "https://crm.example.com/hook";

    [Theory]
    [InlineData(
        """{"url":"http://127.0.0.1/","topics":["decisions"]}""",
        "url: '127.0.0.1' is an address of a private network, which webhooks never call; name one that is reached over the internet.")]
    [InlineData("""{"topics":["decisions"]}""", "url is missing.")]
    [InlineData("""{"url":"https://crm.example.com/hook"}""", "topics is not an array of 1 to 100 topics, such as [\"segment/vip\"].")]
    [InlineData(
        """{"url":"https://crm.example.com/hook","topics":["segments/vip"]}""",
        "topics[0] \"segments/vip\" is not segment/NAME, segment/*, policy/NAME, policy/*, decisions or decisions/POLICY.")]
    [InlineData(
        """{"url":"https://crm.example.com/hook","topics":["decisions"],"audience":true}""", "topics: an audience follows segments only.")]
    [InlineData(
        """{"url":"https://crm.example.com/hook","topics":["decisions"],"secret":"x"}""",
        "secret is unknown; there are url, topics, audience.")]
    public async Task A_wrong_subscription_is_refused_with_its_field(string body, string message) =>
        Assert.Equal(message, await fixture.RefusedAsync(400, "invalid_subscription", "api/v1/subscriptions/wrong", HttpMethod.Put, body));

    [Fact]
    public async Task A_secret_is_shown_once_and_two_sign_during_a_rotation()
    {
        const string Body = $$"""{"url":"{{Url}}","topics":["segment/vip","decisions"]}""";
        var (status, made) = await fixture.SendAsync(HttpMethod.Put, "api/v1/subscriptions/crm", Body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("whsec_", made.GetProperty("secret").GetString(), StringComparison.Ordinal);
        var (_, again) = await fixture.SendAsync(HttpMethod.Put, "api/v1/subscriptions/crm", Body);
        Assert.False(again.TryGetProperty("secret", out _));
        var (_, rotated) = await fixture.SendAsync(HttpMethod.Post, "api/v1/subscriptions/crm/secret");
        Assert.Equal(2, rotated.GetProperty("secrets").GetInt32());
        var listed = (await fixture.GetAsync("api/v1/subscriptions")).EnumerateArray()
            .Single(s => s.GetProperty("id").GetString() == "crm");
        Assert.Equal(
            (Url, made.GetProperty("since").GetString()), (listed.GetProperty("url").GetString(), listed.GetProperty("since").GetString()));
        Assert.False(listed.TryGetProperty("secret", out _));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/subscriptions/crm")).Status);
        await fixture.RefusedAsync(404, "unknown_subscription", "api/v1/subscriptions/crm", HttpMethod.Delete);
        await fixture.RefusedAsync(404, "unknown_subscription", "api/v1/subscriptions/crm/secret", HttpMethod.Post);
    }
}
