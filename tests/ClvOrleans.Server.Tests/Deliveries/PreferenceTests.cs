using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Sqlite;
using MimeKit;

namespace ClvOrleans.Server.Tests.Deliveries;

/// <summary>The whole way of an e-mail: from the store's file over a real SMTP server to a link that somebody follows.</summary>
public sealed class PreferenceTests : IAsyncLifetime
{
    private readonly MailServer _mail = new();
    private readonly string _folder = ClvProcess.NewFolder();
    private RunningClv _clv = null!;

    // The customer first, then what is due to them, then a service that sends.
    public async ValueTask InitializeAsync()
    {
        await using (var first = await ClvInProcess.ServeAsync(_folder))
        {
            await first.SendAsync(
                new { type = "identify", userId = "anna", traits = new { email = "anna@b.example", name = "Anna" } },
                new
                {
                    type = "track",
                    @event = "Consent Changed",
                    userId = "anna",
                    properties = new
                    {
                        consents = new { email = true, slot = true },
                    }
                });
            await first.StopAsync();
        }

        await using (var files = SqliteStore.Open(_folder, fullySynchronous: false))
        {
            var due = EmailTests.Delivery();
            await new SqlDeliveries(new SqliteSqlDatabase(files.Journal, files.Writer)).AddAsync(
                due.Customer.Store,
                [
                    due, EmailTests.Delivery(name: "news") with { Topic = "news" },
                    EmailTests.Delivery("""{"show":"shoes"}""", "slot") with { Channel = ActionChannel.Slot, Topic = "home" },
                    EmailTests.Delivery("{}", "audience") with { Channel = ActionChannel.Audience, Topic = "best", IsTransactional = true },
                    EmailTests.Delivery(name: "nobody") with { Customer = due.Customer with { Id = "=nobody" } },
                ]);
        }

        _clv = await ClvInProcess.ServeWithAsync(
            [
                "Email__Host=127.0.0.1", $"Email__Port={_mail.Port}", "Email__Security=None", "Email__From=Shop <news@shop.example>",
                "Email__PublicUrl=https://mail.shop.example", "Email__LinkKey=0123456789abcdef0123456789abcdef", "Jobs__Watch=00:00:00.1",
            ],
            _folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _clv.DisposeAsync();
        await _mail.DisposeAsync();
    }

    // useSend #412, Rock #7034, Mailtrain #1195.
    [Fact]
    public async Task A_link_changes_nothing_when_it_is_opened_and_one_post_unsubscribes_from_the_topic()
    {
        var (unsubscribe, preferences) = await LinksAsync("win-back");
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("<form method=\"post\">", await _clv.Http.GetStringAsync(unsubscribe), StringComparison.Ordinal);
            Assert.Contains("value=\"email/win-back\" checked", await _clv.Http.GetStringAsync(preferences), StringComparison.Ordinal);
        }

        using (var head = await _clv.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, unsubscribe)))
        {
            Assert.Equal("email+ slot+", await ConsentsAsync());
        }

        using var empty = await _clv.Http.PostAsync(unsubscribe, new FormUrlEncodedContent([]));
        Assert.Equal((HttpStatusCode.BadRequest, "email+ slot+"), (empty.StatusCode, await ConsentsAsync()));

        using var left = await _clv.Http.PostAsync(unsubscribe, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal((HttpStatusCode.OK, "email+ email/win-back- slot+"), (left.StatusCode, await ConsentsAsync()));

        using var chosen =
            await _clv.Http.PostAsync(preferences, new FormUrlEncodedContent([new("wanted", "email"), new("wanted", "email/win-back")]));
        Assert.Contains("Your choice is saved.", await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("email+ email/news- email/win-back+ slot+", await ConsentsAsync());

        using var madeUp = await _clv.Http.PostAsync("unsubscribe/AAAA", new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.NotFound, madeUp.StatusCode);
    }

    [Fact]
    public async Task What_became_of_deliveries_is_counted_and_listed_and_slots_and_audiences_are_fetched()
    {
        await LinksAsync("news");
        JsonElement counts;
        do
        {
            await Pause.ShortAsync();
            counts = await _clv.Http.GetFromJsonAsync<JsonElement>("api/v1/deliveries/counts");
        }
        while (counts.EnumerateArray().Any(c => c.GetProperty("state").GetString() is "Waiting" or "Handed"));

        Assert.Equal(
            ["email Sent 2", "email Cancelled 1 unknown_customer", "audience Sent 1", "slot Sent 1"],
            counts.EnumerateArray().Select(
                c => $"{c.GetProperty("channel")} {c.GetProperty("state")} {c.GetProperty("count")} {c.GetProperty("reason")}".Trim()));
        var slot = Assert.Single((await _clv.Http.GetFromJsonAsync<JsonElement>("api/v1/customers/anna/slots")).EnumerateArray());
        Assert.Equal(
            ("home", "shoes"), (slot.GetProperty("slot").GetString(), slot.GetProperty("content").GetProperty("show").GetString()));
        Assert.StartsWith(
            "customer,kind,since,expires,delivery\r\nanna,customer,20", await _clv.Http.GetStringAsync("api/v1/audiences/best"),
            StringComparison.Ordinal);

        var one = await _clv.Http.GetFromJsonAsync<JsonElement>($"api/v1/deliveries/{DeliveryId.Of("nobody")}");
        Assert.Equal("unknown_customer", one.GetProperty("reason").GetString());
        using var retried = await _clv.Http.PostAsync($"api/v1/deliveries/{DeliveryId.Of("nobody")}/retry", null);
        Assert.Equal(HttpStatusCode.Conflict, retried.StatusCode);

        Assert.Matches(@"email\s+Cancelled\s+unknown_customer\s+1", (await ClvInProcess.RunAsync("deliveries", "--data", _folder)).Output);
        Assert.Contains(
            "=nobody", (await ClvInProcess.RunAsync("deliveries", "--state", "cancelled", "--data", _folder)).Output,
            StringComparison.Ordinal);
        Assert.Equal("There is no dead delivery.", (await ClvInProcess.RunAsync("deliveries", "--retry", "--data", _folder)).Output.Trim());

        await _clv.SendAsync(
            new { type = "track", @event = "Consent Changed", userId = "anna", properties = new { consents = new { slot = false } } });
        Assert.Empty((await _clv.Http.GetFromJsonAsync<JsonElement>("api/v1/customers/anna/slots")).EnumerateArray());
    }

    private async Task<(string Unsubscribe, string Preferences)> LinksAsync(string topic)
    {
        MimeMessage mail;
        do
        {
            mail = await _mail.Received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
        while (!mail.Headers["Feedback-ID"]!.StartsWith(topic, StringComparison.Ordinal));
        var unsubscribe = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery[1..];
        return (unsubscribe, unsubscribe.Replace("unsubscribe", "preferences", StringComparison.Ordinal));
    }

    private async Task<string> ConsentsAsync() => string.Join(
        ' ', (await _clv.Http.GetFromJsonAsync<JsonElement>("api/v1/customers/anna/consents")).GetProperty("consents").EnumerateObject()
            .Select(c => c.Name + (c.Value.GetProperty("granted").GetBoolean() ? '+' : '-')).Order(StringComparer.Ordinal));
}
