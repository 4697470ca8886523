using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>No request is lost, and none is kept twice.</summary>
public sealed class SqlitePrivacyRequestsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_request_is_kept_once_and_listed_from_the_oldest_on()
    {
        var requests = new SqlitePrivacyRequests(_store.Database, _store.Writer);
        Assert.True(await requests.AddAsync(Request("m1", "anna@example.com")));
        Assert.False(await requests.AddAsync(Request("m1", "anna@example.com")));
        Assert.True(await requests.AddAsync(Request("m2", null)));

        var kept = await requests.ListAsync(Letters.Store, 0, 10);
        Assert.Equal([("m1", "anna@example.com"), ("m2", null)], kept.Select(r => (r.MessageId, r.Customer)));
        Assert.Equal(Request("m1", "anna@example.com") with { Id = kept[0].Id, Payload = default }, kept[0] with { Payload = default });
        Assert.Equal("{}", Encoding.UTF8.GetString(kept[0].Payload.Span));
        Assert.Equal("m2", Assert.Single(await requests.ListAsync(Letters.Store, kept[0].Id, 10)).MessageId);
        Assert.Empty(await requests.ListAsync(new StoreId("other"), 0, 10));
    }

    private static PrivacyRequest Request(string message, string? customer) =>
        new(0, Letters.Store, "shopify", message, PrivacyRequestKind.CustomerErasure, customer, At, At.AddDays(30), "{}"u8.ToArray());
}
