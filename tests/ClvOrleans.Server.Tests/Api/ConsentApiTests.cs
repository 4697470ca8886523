using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ConsentApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task Consents_are_recorded_by_purpose_and_others_stay()
    {
        Assert.Equal("email+ sms-", await PutAsync("nora", """{"email":true,"sms":false}"""));
        Assert.Equal("email- sms-", await PutAsync("nora", """{"email":false}"""));
        Assert.Equal("email- sms-", Shown(await fixture.GetAsync("api/v1/customers/nora/consents")));
        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/customers/nobody-here/consents", HttpMethod.Get);
    }

    [Fact]
    public async Task A_person_is_the_same_by_any_writing_of_the_address() => Assert.Equal(
        "email-", await PutAsync("NORA@shop.example", """{"email":true}""") is "email+"
            ? await PutAsync("nora@shop.example", """{"email":false}""")
            : "");

    [Theory]
    [InlineData(
        """{"E-Mail":true}""",
        "'E-Mail' is not a purpose: a channel such as email, a topic on it such as email/news, marketing, or a use of data such as "
            + "profiling; a-z, 0-9, '_' and '-', a letter first.")]
    [InlineData("""{"email":"true"}""", "email \"true\" is not true or false.")]
    [InlineData("""{"email":null}""", "email null is not true or false.")]
    [InlineData("{}", "An object of 1 to 100 purposes was expected, such as {\"email\": true}.")]
    [InlineData("[]", "An object of 1 to 100 purposes was expected, such as {\"email\": true}.")]
    public async Task A_wrong_body_is_refused_and_nothing_is_kept(string body, string message)
    {
        Assert.Equal(message, await fixture.RefusedAsync(400, "invalid_consent", "api/v1/customers/otto/consents", HttpMethod.Put, body));
        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/customers/otto/consents", HttpMethod.Get);
    }

    [Fact]
    public async Task A_placeholder_gets_no_consents() =>
        await fixture.RefusedAsync(400, "placeholder_user_id", "api/v1/customers/guest/consents", HttpMethod.Put, """{"email":true}""");

    private async Task<string> PutAsync(string customer, string body)
    {
        var (status, reply) = await fixture.SendAsync(HttpMethod.Put, $"api/v1/customers/{customer}/consents", body);
        Assert.True(status == System.Net.HttpStatusCode.OK, reply.ToString());
        return Shown(reply);
    }

    private static string Shown(JsonElement reply) => string.Join(
        ' ',
        reply.GetProperty("consents").EnumerateObject().Select(c => c.Name + (c.Value.GetProperty("granted").GetBoolean() ? '+' : '-'))
            .Order(StringComparer.Ordinal));
}
