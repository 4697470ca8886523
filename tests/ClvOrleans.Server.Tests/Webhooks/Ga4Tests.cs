using System.Net;
using System.Text;

namespace ClvOrleans.Server.Tests.Webhooks;

/// <summary>Google Analytics' Measurement Protocol over real HTTP.</summary>
public sealed class Ga4Tests(ShopServer server) : IClassFixture<ShopServer>
{
    private const string Path = "mp/collect?measurement_id=G-ABC1234567&api_secret=s3cret";

    [Fact]
    public async Task The_samples_count_and_again_are_known()
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var sample in (string[])["ga4-mp-purchase.json", "ga4-mp-refund.json"])
            {
                using var reply = await PostAsync(Path, await File.ReadAllTextAsync(SharedData.Find($"fixtures/samples/{sample}")));
                Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
            }
        }

        Assert.Equal(10m, await server.NetAsync("cust-1"));
        Assert.True(await server.CountAsync("google", "duplicates") >= 2);
    }

    [Theory]
    [InlineData("mp/collect?measurement_id=G-ABC1234567&api_secret=other")]
    [InlineData("mp/collect?measurement_id=G-ABC1234567")]
    [InlineData("mp/collect?measurement_id=G-OTHER&api_secret=s3cret")]
    [InlineData("mp/collect")]
    public async Task A_wrong_secret_is_refused(string path)
    {
        using var reply = await PostAsync(path, "{}");
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Theory]
    [InlineData("""{"client_id":"1.2","events":[{"name":"purchase","params":{"transaction_id":"g1","value":"much"}}]}""", "invalid_money")]
    [InlineData("""{"client_id":"1.2"}""", "missing_events")]
    [InlineData("client_id=1.2", "invalid_json")]
    public async Task What_cannot_count_is_answered_as_Google_does_and_kept(string body, string code)
    {
        var before = await server.CountAsync("google", "refused", code);
        using var reply = await PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal(before + 1, await server.CountAsync("google", "refused", code));
        var letters = (await server.GetAsync($"api/v1/dead-letters?source=google&code={code}")).GetProperty("letters");
        Assert.Equal(1, letters.GetArrayLength());
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => server.PostAsync(path, Encoding.UTF8.GetBytes(body));
}
