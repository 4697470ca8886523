using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>One caller costs a bounded amount, and the others nothing.</summary>
public sealed class CallerLimitTests
{
    private static readonly StoreId Shop = new("shop");
    private static readonly StoreId Other = new("other");
    private static readonly IPAddress Here = IPAddress.Loopback;

    [Fact]
    public void A_write_key_an_address_and_a_store_have_a_burst_and_others_are_not_held_up_by_them()
    {
        using var limits = Of(new LimitOptions { EventsPerKey = 1, EventsPerAddress = 1_000_000 });
        Assert.Null(limits.TryEvents(Shop, "web", Here, 20_000, 1));
        Assert.Null(limits.TryEvents(Shop, "web", Here, 20, 1));
        var exceeded = limits.TryEvents(Shop, "web", Here, 20, 1);
        Assert.Equal("events_per_key", exceeded?.Limit);
        Assert.InRange(exceeded!.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Null(limits.TryEvents(Shop, "app", Here, 20, 1));
        Assert.Null(limits.TryEvents(Other, "web", Here, 20, 1));

        using var addresses = Of(new LimitOptions { EventsPerAddress = 1 });
        Assert.Null(addresses.TryEvents(Shop, "web", Here, 20_000, 1));
        Assert.Equal("events_per_address", addresses.TryEvents(Shop, "app", Here, 100, 1)?.Limit);
        Assert.Null(addresses.TryEvents(Shop, "app", IPAddress.Parse("203.0.113.9"), 100, 1));
        Assert.Null(addresses.TryEvents(Other, "web", Here, 20_000, 1)); // Its shops' visitors share addresses with those of others.

        using var bytes = Of(new LimitOptions { EventBytesPerDay = 10 * 1024 * 1024 });
        Assert.Null(bytes.TryEvents(Shop, "web", Here, 1, 9 * 1024 * 1024));
        Assert.Equal("event_bytes_per_day", bytes.TryEvents(Shop, "app", Here, 1, 2 * 1024 * 1024)?.Limit);
        Assert.Null(bytes.TryEvents(Other, "web", Here, 1, 2 * 1024 * 1024));
    }

    [Fact]
    public void Requests_of_a_key_and_failures_of_an_address_are_bounded()
    {
        using var limits = Of(new LimitOptions { RequestsPerKey = 1, FailuresPerAddress = 1 });
        var (one, another) = (CallerOf("1"), CallerOf("2"));
        Assert.Equal(4, Enumerable.Range(0, 5).Count(_ => limits.TryRequest(one) is null));
        Assert.Equal("requests_per_key", limits.TryRequest(one)?.Limit);
        Assert.Null(limits.TryRequest(another));
        Assert.Equal(10, Enumerable.Range(0, 11).Count(_ => limits.TryFailure(Here) is null));
        Assert.Equal("failures_per_address", limits.TryFailure(Here)?.Limit);
    }

    [Fact]
    public void Addresses_fall_into_some_thousand_groups_and_those_of_one_network_into_one()
    {
        using var limits = Of(new LimitOptions());
        var groups = Enumerable.Range(0, 200_000)
            .Select(i => limits.GroupOf(new IPAddress(unchecked((uint)i * 2_654_435_761)))).ToHashSet();
        Assert.InRange(groups.Count, CallerLimits.AddressGroups * 9 / 10, CallerLimits.AddressGroups);
        Assert.All(groups, g => Assert.InRange(g, 0, CallerLimits.AddressGroups - 1));
        Assert.Equal(limits.GroupOf(IPAddress.Parse("2001:db8:1:2::1")), limits.GroupOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(limits.GroupOf(IPAddress.Parse("2001:db8:1:2::1")), limits.GroupOf(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Equal(limits.GroupOf(IPAddress.Parse("203.0.113.9")), limits.GroupOf(IPAddress.Parse("::ffff:203.0.113.9")));
        limits.GroupOf(null);
    }

    [Fact]
    public void Events_wait_where_the_disk_is_nearly_full()
    {
        var disk = new DiskSpace(Path.GetTempPath(), TimeProvider.System);
        Assert.False(disk.IsBelow(0));
        Assert.True(disk.IsBelow(1.01));
        Assert.False(new DiskSpace("/no/such/disk", TimeProvider.System).IsBelow(0));
    }

    [Fact]
    public async Task The_answer_names_the_limit_and_when_to_come_again()
    {
        await using var clv = await ClvInProcess.ServeWithAsync(
            ["Limits__RequestsPerKey=1", "Limits__FailuresPerAddress=1", "Limits__EventsPerKey=1"], ClvProcess.NewFolder());
        var events = Enumerable.Range(0, 20_000).Select(i => new { type = "page", userId = "u", messageId = $"m{i}" }).ToArray();
        using (var first = await clv.Http.PostAsJsonAsync("v1/batch", new { batch = events, writeKey = "WK" }))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        await ExceededAsync("events_per_key", () => clv.Http.PostAsJsonAsync("v1/batch", new { batch = events, writeKey = "WK" }));
        await ExceededAsync("requests_per_key", () => clv.Http.GetAsync("api/v1/models/history"));
        using var anybody = new HttpClient { BaseAddress = clv.Http.BaseAddress };
        await ExceededAsync("failures_per_address", () => anybody.GetAsync("api/v1/models/history"));
        await ExceededAsync("failures_per_address", () => anybody.PostAsJsonAsync("v1/track", new { userId = "u", writeKey = "wrong" }));
    }

    // Within the burst it is answered otherwise.
    private static async Task ExceededAsync(string limit, Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; ; i++)
        {
            using var reply = await ask();
            if (reply.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.Equal(limit, (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
                Assert.True(reply.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
                return;
            }

            Assert.InRange(i, 0, 20);
        }
    }

    private static CallerLimits Of(LimitOptions options) =>
        new(Options.Create(options with { FreeDisk = 0 }), new DiskSpace(Path.GetTempPath(), TimeProvider.System));

    private static Caller CallerOf(string id) => new(id, id, Scope.Read, null, CredentialKind.Key);
}
