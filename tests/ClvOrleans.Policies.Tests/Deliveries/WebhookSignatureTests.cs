using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Policies.Tests.Deliveries;

public sealed class WebhookSignatureTests
{
    // Secret, id and payload of standard-webhooks/libraries/python/tests/test_webhooks.py; the time is one at which the signature that its
    // documentation shows was made.
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] Payload = """{"test": 2432232314}"""u8.ToArray();

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    public void The_known_vector_is_signed_to_the_byte(string prefix) => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSignature.Sign([prefix + Secret], Id, Time, Payload));

    [Fact]
    public void Two_secrets_sign_during_a_rotation()
    {
        var (next, both) = (WebhookSignature.NewSecret(), default(string[]));
        both = WebhookSignature.Sign([next, Secret], Id, Time, Payload).Split(' ');
        Assert.Equal(2, both.Length);
        Assert.Equal(WebhookSignature.Sign([Secret], Id, Time, Payload), both[1]);
        var key = Convert.FromBase64String(next[WebhookSignature.Prefix.Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Time.ToUnixTimeSeconds()}.").Concat(Payload).ToArray();
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)), both[0]);
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_c2hvcnQ=", false)]
    [InlineData("not base64!", false)]
    [InlineData(null, false)]
    public void A_secret_is_base64_of_enough_bytes(string? text, bool isSecret) => Assert.Equal(isSecret, WebhookSignature.IsSecret(text));
}
