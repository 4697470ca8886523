using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Cli.Tests.Operations;

namespace ClvOrleans.Cli.Tests.Stores;

/// <summary>Stores that are made, changed and closed on one silo, and used on the other by the next request.</summary>
public sealed class ClusterStoreTests
{
    [Fact]
    public async Task What_one_silo_has_acknowledged_the_other_uses_for_the_next_request()
    {
        var place = await Place.NewAsync(isPostgres: true);
        await using var one = await place.ServeAsync();
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(place.Folder, "store.json"), Path.Combine(folder, "store.json"));
        await using var two = await (place with { Folder = folder }).ServeAsync();

        for (var i = 0; i < 5; i++)
        {
            var id = $"store-{i}";
            var (status, made) = await SendAsync(one, HttpMethod.Post, "api/v1/stores", new { id, currency = "EUR" });
            Assert.Equal(HttpStatusCode.OK, status);
            var key = made.GetProperty("writeKey").GetString()!;
            Assert.Equal(HttpStatusCode.OK, (await TrackAsync(two, key, "anna", $"o{i}")).StatusCode);

            // 100 with a margin of 30 %, and then of another one each time.
            for (var margin = 1; margin <= 3; margin++)
            {
                var (changed, reply) = await SendAsync(
                    margin % 2 == 0 ? two : one, HttpMethod.Put, $"api/v1/stores/{id}",
                    new { version = margin, marginBasisPoints = 1_000 * margin, horizonDays = 100 * margin });
                Assert.True(changed == HttpStatusCode.OK, reply.GetRawText());
                var (_, value) = await SendAsync(margin % 2 == 0 ? one : two, HttpMethod.Get, "api/v1/customers/anna/clv", null, id);
                Assert.Equal(10m * margin, value.GetProperty("historic").GetProperty("margin").GetDecimal());
                Assert.Equal(100 * margin, value.GetProperty("horizonDays").GetInt32());
            }

            var both = await Task.WhenAll(
                SendAsync(one, HttpMethod.Put, $"api/v1/stores/{id}", new { version = 4, marginBasisPoints = 7_000 }),
                SendAsync(two, HttpMethod.Put, $"api/v1/stores/{id}", new { version = 4, marginBasisPoints = 8_000 }));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(b => b.Status).Order());

            Assert.Equal(HttpStatusCode.OK, (await SendAsync(two, HttpMethod.Post, $"api/v1/stores/{id}/close", null)).Status);
            Assert.Equal(HttpStatusCode.Gone, (await TrackAsync(one, key, "anna", "late")).StatusCode);
            Assert.Equal(HttpStatusCode.Gone, (await SendAsync(one, HttpMethod.Get, "api/v1/segments", null, id)).Status);
        }

        // With the others closed, the first store is the only open one again.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(two, HttpMethod.Get, "api/v1/segments", null)).Status);
    }

    private static async Task<HttpResponseMessage> TrackAsync(RunningClv silo, string key, string customer, string order) =>
        await silo.Http.PostAsJsonAsync("v1/batch", new { batch = new[] { Tracked.Order(customer, order, 100) }, writeKey = key });

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        RunningClv silo, HttpMethod method, string path, object? body, string? store = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (store is not null)
        {
            request.Headers.Add("Clv-Store", store);
        }

        using var reply = await silo.Http.SendAsync(request);
        return (reply.StatusCode, await reply.Content.ReadFromJsonAsync<JsonElement>());
    }
}
