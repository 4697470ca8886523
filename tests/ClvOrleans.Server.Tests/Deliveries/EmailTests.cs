using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Server.Deliveries;
using Microsoft.Extensions.Options;
using SmtpServer.Protocol;

namespace ClvOrleans.Server.Tests.Deliveries;

/// <summary>E-mails over a real SMTP server.</summary>
public sealed class EmailTests : IAsyncLifetime
{
    private static readonly CustomerId Anna = CustomerId.OfUser(new StoreId("shop"), "anna");
    private readonly MailServer _server = new();
    private SmtpConnections _connections = null!;
    private EmailChannel _channel = null!;

    private EmailOptions Settings => new()
    {
        Host = "127.0.0.1",
        Port = _server.Port,
        Security = EmailSecurity.None,
        From = "Shop <news@shop.example>",
        PublicUrl = "https://mail.shop.example/",
        LinkKey = new string('k', 32),
    };

    public ValueTask InitializeAsync()
    {
        var options = Options.Create(Settings);
        (_connections, _channel) = (new SmtpConnections(options), null!);
        _channel = new EmailChannel(_connections, new LinkTokens(options), options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await _server.DisposeAsync();
    }

    // RFC 8058, section 3.1: both headers, an https address, exactly this value.
    [Fact]
    public async Task Every_email_has_both_headers_of_one_click_its_key_and_links_for_people()
    {
        var delivery = Delivery("""{"subject":"Grüße","text":"Hallo","html":"<html><body><p>Hallo</p></body></html>"}""");
        Assert.Equal(SendResult.Sent, await SendAsync(delivery));
        var mail = await _server.Received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("Grüße", "anna@b.example", "Anna"), (mail.Subject, Assert.Single(mail.To.Mailboxes).Address, mail.To[0].Name));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Matches("^<https://mail.shop.example/unsubscribe/[A-Za-z0-9_-]+>$", mail.Headers["List-Unsubscribe"]);
        Assert.Equal(($"{delivery.Id}@shop.example", delivery.Id.Value), (mail.MessageId, mail.Headers["X-Delivery-Id"]));
        var link = new LinkTokens(Options.Create(Settings)).Read(mail.Headers["List-Unsubscribe"]!.Trim('<', '>').Split('/')[^1]);
        Assert.Equal(new LinkToken(Anna, "email", "win-back", delivery.Id.Value), link);
        Assert.Contains("Unsubscribe: https://mail.shop.example/unsubscribe/", mail.TextBody, StringComparison.Ordinal);
        Assert.Matches("<p>Hallo</p><p><a href=\"https://mail.shop.example/unsubscribe/.*</body>", mail.HtmlBody);
    }

    [Theory]
    [InlineData(550, SendResultKind.Failed, BounceKind.Hard)]
    [InlineData(553, SendResultKind.Failed, BounceKind.Hard)]
    [InlineData(552, SendResultKind.Again, BounceKind.Soft)]
    [InlineData(450, SendResultKind.Again, BounceKind.Soft)]
    [InlineData(452, SendResultKind.Again, BounceKind.Soft)]
    public async Task A_refused_recipient_is_a_bounce_for_good_or_for_now_and_others_are_not_touched(
        int code, SendResultKind kind, BounceKind bounce)
    {
        _server.Refused["anna@b.example"] = (SmtpReplyCode)code;
        var result = await SendAsync(Delivery());
        Assert.Equal((kind, bounce, false), (result.Kind, result.Bounce, result.MayHaveArrived));
        Assert.Contains($"{code}", result.Reason, StringComparison.Ordinal);
        Assert.Equal(SendResult.Sent, await SendAsync(Delivery(), "bob@b.example"));
    }

    [Theory]
    [InlineData(554, SendResultKind.Failed)]
    [InlineData(451, SendResultKind.Again)]
    public async Task A_refused_content_counts_against_no_address(int code, SendResultKind kind)
    {
        _server.AfterData = (SmtpReplyCode)code;
        var result = await SendAsync(Delivery());
        Assert.Equal((kind, null), (result.Kind, result.Bounce));
    }

    [Fact]
    public async Task Without_a_server_nothing_has_arrived_and_it_is_tried_again()
    {
        await _server.DisposeAsync();
        var result = await SendAsync(Delivery());
        Assert.Equal((SendResultKind.Again, false), (result.Kind, result.MayHaveArrived));
        Assert.StartsWith("The SMTP server 127.0.0.1 cannot be used", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_share_connections_and_arrive_once_each()
    {
        var all = Enumerable.Range(0, 200).Select(i => Delivery(name: $"d{i}")).ToArray();
        await Parallel.ForEachAsync(
            all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (d, _) => Assert.Equal(SendResult.Sent, await SendAsync(d)));
        var ids = new HashSet<string>();
        while (_server.Received.Reader.TryRead(out var mail))
        {
            Assert.True(ids.Add(mail.Headers["X-Delivery-Id"]!));
        }

        Assert.Equal(all.Select(d => d.Id.Value).ToHashSet(), ids);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("a.b.c")]
    public void A_link_that_was_made_up_or_cut_is_none(string token) => Assert.Null(new LinkTokens(Options.Create(Settings)).Read(token));

    [Fact]
    public void A_link_is_valid_by_its_own_key_and_the_one_before()
    {
        var link = new LinkToken(CustomerId.OfUser(new StoreId("shop"), "a\nb"), "email", "news", "d");
        var token = new LinkTokens(Options.Create(Settings)).Write(link);
        var rotated = Settings with { LinkKey = new string('n', 32), PreviousLinkKey = Settings.LinkKey };
        Assert.Equal(link, new LinkTokens(Options.Create(rotated)).Read(token));
        Assert.Null(new LinkTokens(Options.Create(rotated with { PreviousLinkKey = null })).Read(token));
        Assert.Null(new LinkTokens(Options.Create(Settings)).Read(token[..^4] + "AAAA"));
    }

    internal static Delivery Delivery(string payload = """{"subject":"s","text":"t"}""", string name = "d") => new()
    {
        Id = DeliveryId.Of(name),
        Customer = Anna,
        Channel = ActionChannel.Email,
        Topic = "win-back",
        Payload = JsonDocument.Parse(payload).RootElement,
        CreatedAt = DateTimeOffset.UnixEpoch,
        DueAt = DateTimeOffset.UnixEpoch,
        NextAt = DateTimeOffset.UnixEpoch,
    };

    private Task<SendResult> SendAsync(Delivery delivery, string address = "anna@b.example") =>
        _channel.SendAsync(delivery, new Recipient(Anna, address, "Anna"), TestContext.Current.CancellationToken);
}
