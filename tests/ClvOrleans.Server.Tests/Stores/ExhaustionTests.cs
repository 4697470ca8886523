using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>What one store spends of its quotas at both silos, the other does not feel.</summary>
public sealed class ExhaustionTests(TwoStoresOfSilos service) : IClassFixture<TwoStoresOfSilos>
{
    private const int Looks = 30;
    private const string WrongKey = "clv_admin_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly string Padding = new('x', 300_000);

    [Fact]
    public async Task A_store_with_all_quotas_spent_leaves_the_other_served_at_both_silos()
    {
        var (greedy, quiet) = (await service.MakeAsync("greedy"), await service.MakeAsync("quiet"));
        Assert.Equal(200, await quiet.SendAsync(0, Order("anna", "o1")));
        var before = await LookAsync(quiet);

        await SpendEventsAsync(greedy);
        Assert.Equal(200, await quiet.SendAsync(0, Order("anna", "o2")));
        Assert.Equal(200, await quiet.SendAsync(1, Order("anna", "o3")));
        await SpendLettersAsync(greedy, quiet);
        await SpendFailuresAsync();
        await SpendSessionsAsync(greedy);
        await SpendRequestsAsync(greedy);

        var after = await LookAsync(quiet);
        Assert.True(after < (5 * before) + TimeSpan.FromMilliseconds(100), $"{after}, and {before} before");
        var (value, _) = await ReadAsync(quiet, 1, "api/v1/customers/anna/clv");
        Assert.Equal(30m, value.GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(200, await greedy.AskAsync(0, "api/v1/segments", admin: 1)); // Another key of it has its own.
    }

    [Fact]
    public async Task A_store_that_works_at_one_job_after_the_other_does_not_keep_the_other_from_its_own()
    {
        var (greedy, quiet) = (await service.MakeAsync("busy"), await service.MakeAsync("idle"));
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"c{i % 500},o{i},2026-01-{(i % 28) + 1:00}T00:00:00Z,3\n"));
        for (var i = 0; i < 4; i++)
        {
            await ImportAsync(greedy, $"greedy-{i}", rows);
        }

        var job = await ImportAsync(quiet, "quiet", "bert,b1,2026-01-02T00:00:00Z,3\n");
        for (var state = "Running"; state != "Succeeded"; await Task.Delay(50))
        {
            var (now, status) = await ReadAsync(quiet, 0, $"api/v1/jobs/{job}", admin: 1);
            state = status == 429 ? state : now.GetProperty("state").GetString()!;
            Assert.True(state is "Waiting" or "Running" or "Succeeded", $"{now}");
        }

        var (jobs, _) = await ReadAsync(greedy, 0, "api/v1/jobs?limit=10", admin: 1);
        Assert.Contains(
            jobs.GetProperty("jobs").EnumerateArray(), j => j.GetProperty("state").GetString() is "Waiting" or "Running");
    }

    // Bytes and numbers of events, until each silo has said so.
    private static async Task SpendEventsAsync(StoreOfSilos store)
    {
        for (var silo = 0; silo < 2; silo++)
        {
            object[] padded =
            [
                .. Enumerable.Range(0, 10).Select(_ => new { type = "track", @event = "Seen", userId = "u", properties = new { Padding } }),
            ];
            var codes = new List<int>();
            while (codes.LastOrDefault() != 429 && codes.Count < 20)
            {
                codes.Add(await store.SendAsync(silo, padded));
            }

            Assert.Equal(429, codes[^1]);
        }
    }

    private static async Task SpendLettersAsync(StoreOfSilos greedy, StoreOfSilos quiet)
    {
        // The greedy one has no events left to send, also none that are refused; what both are refused now, each keeps for itself.
        foreach (var store in (StoreOfSilos[])[greedy, quiet])
        {
            await store.SendAsync(0, [.. Enumerable.Range(0, 3).Select(i => new { type = "track", userId = "u", messageId = $"no-{i}" })]);
        }

        var (letters, _) = await ReadAsync(quiet, 0, "api/v1/dead-letters");
        Assert.Equal(3, letters.GetProperty("letters").GetArrayLength());
    }

    private async Task SpendFailuresAsync()
    {
        foreach (var silo in service.Silos)
        {
            using var http = new HttpClient { BaseAddress = silo.Http.BaseAddress };
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {WrongKey}");
            var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
            {
                using var reply = await http.GetAsync("api/v1/segments");
                return (int)reply.StatusCode;
            }));
            Assert.Contains(429, codes);
        }
    }

    private static async Task SpendSessionsAsync(StoreOfSilos store)
    {
        for (var i = 0; i < 20; i++)
        {
            using var link = await store.Admins[0][i % 2].PostAsync("api/v1/keys/link", null);
        }
    }

    private static async Task SpendRequestsAsync(StoreOfSilos store)
    {
        for (var silo = 0; silo < 2; silo++)
        {
            var codes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => store.AskAsync(silo, "api/v1/segments")));
            Assert.Contains(429, codes);
        }
    }

    // How long the store's answers take, in the middle.
    private static async Task<TimeSpan> LookAsync(StoreOfSilos store)
    {
        var times = new List<TimeSpan>();
        for (var look = 0; look < Looks; look++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(200, await store.AskAsync(look % 2, "api/v1/customers/anna/clv", admin: 1));
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return times.Order().ElementAt(Looks / 2);
    }

    private static async Task<(JsonElement Body, int Status)> ReadAsync(StoreOfSilos store, int silo, string path, int admin = 0)
    {
        using var reply = await store.Admins[admin][silo].GetAsync(path);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(), (int)reply.StatusCode);
    }

    private static async Task<string> ImportAsync(StoreOfSilos store, string name, string rows)
    {
        using var file = new StringContent("customer_id,order_id,timestamp,total\n" + rows, Encoding.UTF8);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/imports?name={name}") { Content = file };
        request.Headers.Add("Prefer", "respond-async");
        using var reply = await store.Admins[0][0].SendAsync(request);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static object Order(string customer, string order) => new
    {
        type = "track",
        @event = "Order Completed",
        userId = customer,
        messageId = order,
        properties = new { order_id = order, revenue = 10 },
    };
}
