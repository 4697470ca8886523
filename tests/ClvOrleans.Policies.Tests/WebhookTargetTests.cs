using System.Net;
using System.Text.Json;

namespace ClvOrleans.Policies.Tests;

public sealed class WebhookTargetTests
{
    // IANA's special-purpose registries (RFC 6890), and the ways in which an address of IPv4 hides in one of IPv6 (RFC 4291, 6052, 3056).
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.1.2", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("::10.0.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("2002:808:808::", false)]
    [InlineData("2606:4700:4700::1111", false)]
    public void Addresses_of_private_networks_are_known_in_every_form(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, WebhookTarget.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://crm.example.com/hook", null)]
    [InlineData("http://8.8.8.8:8080/", null)]
    [InlineData(
        "http://localhost/",
        "'localhost' is an address of a private network, which webhooks never call; name one that is reached over the internet.")]
    [InlineData("http://api.LOCALHOST./", null)] // A name: what it stands for is found when a connection is opened.
    [InlineData(
        "http://[::ffff:127.0.0.1]/",
        "'::ffff:127.0.0.1' is an address of a private network, which webhooks never call; name one that is reached over the internet.")]
    [InlineData(
        "http://2130706433/",
        "'127.0.0.1' is an address of a private network, which webhooks never call; name one that is reached over the internet.")]
    [InlineData(
        "http://0x7f.1/",
        "'127.0.0.1' is an address of a private network, which webhooks never call; name one that is reached over the internet.")]
    [InlineData(
        "http://metadata.google.internal/",
        "'metadata.google.internal' is an address of a private network, which webhooks never call; name one that is reached over the "
            + "internet.")]
    [InlineData(
        "ftp://crm.example.com/", "'ftp://crm.example.com/' is not an https or http address, such as https://crm.example.com/hook.")]
    [InlineData("https://me:secret@crm.example.com/", "The address holds a user or a password; the call is signed instead.")]
    [InlineData(null, "'' is not an https or http address, such as https://crm.example.com/hook.")]
    public void A_definition_is_refused_with_the_reason(string? url, string? mistake) => Assert.Equal(mistake, WebhookTarget.Mistake(url));

    [Fact]
    public void Ones_own_network_can_be_allowed() => Assert.Null(WebhookTarget.Mistake("http://127.0.0.1:9/", allowPrivate: true));

    [Theory]
    [InlineData(ActionChannel.Webhook, "{}", "payload.url: '' is not an https or http address, such as https://crm.example.com/hook.")]
    [InlineData(ActionChannel.Email, "{\"text\":\"t\"}", "payload.subject: text was expected.")]
    [InlineData(ActionChannel.Email, "{\"subject\":\"a\\r\\nBcc: x@y.example\",\"text\":\"t\"}", "payload.subject: one line was expected.")]
    [InlineData(ActionChannel.Slot, "[]", "payload: an object was expected.")]
    [InlineData(ActionChannel.Slot, "{}", null)]
    [InlineData(ActionChannel.Email, "{\"subject\":\"s\",\"text\":\"t\"}", null)]
    public void A_payload_has_what_its_channel_needs(ActionChannel channel, string payload, string? mistake) => Assert.Equal(
        mistake is null ? [] : [mistake], ActionPayload.Mistakes(channel, JsonDocument.Parse(payload).RootElement));
}
