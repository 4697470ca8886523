using System.Net;
using System.Net.Http.Json;
using ClvOrleans.Cli.Tests.Operations;

namespace ClvOrleans.Cli.Tests.Stores;

/// <summary><c>clv store</c> against a service, and what other commands do with several stores.</summary>
public sealed class StoreCommandTests
{
    [Fact]
    public async Task A_store_is_made_listed_changed_and_closed_and_stays_so()
    {
        var place = await Place.NewAsync(isPostgres: false);
        await using (var service = await place.ServeAsync())
        {
            var said = await place.RunAsync(
                "store", "create", "outlet", "--expected-customers", "2000000", "--set", "currency=EUR", "--set", "horizonDays=90");
            Assert.StartsWith("Store outlet is made, with 32 shards.", said, StringComparison.Ordinal);
            var key = said.TrimEnd().Split(' ')[^1];
            Assert.Matches("^wk_[a-z0-9]{24}$", key);
            await DefineAsync(service, "outlet", "orders > 0");
            await DefineAsync(service, "outlet", "orders > 1");
            await DefineAsync(service, "shop", "orders > 2");
            Assert.Equal(HttpStatusCode.OK, (await TrackAsync(service, key)).StatusCode);
            Assert.Contains("outlet  open", Flat(await place.RunAsync("store", "list")), StringComparison.Ordinal);
            Assert.Equal(
                "Store outlet is at version 2.", (await place.RunAsync("store", "set", "outlet", "--set", "horizonDays=30")).TrimEnd());
            var (status, _, error) = await ClvInProcess.RunAsync(
                ["store", "set", "outlet", "--set", "currency=USD", "--data", place.Folder]);
            Assert.Equal(1, status);
            Assert.Contains("The store has events, whose amounts are kept in EUR", error, StringComparison.Ordinal);

            (status, _, error) = await ClvProcess.RunAsync(
                ["store", "set", "outlet", "--set", "expectedCustomers=5000000", "--data", place.Folder]);
            Assert.Equal(1, status);
            Assert.Contains("5,000,000 customers take 64 shards, but the store has 32", error, StringComparison.Ordinal);

            Assert.Equal("Store outlet is closed.", (await place.RunAsync("store", "close", "outlet")).TrimEnd());
            Assert.Equal(HttpStatusCode.Gone, (await TrackAsync(service, key)).StatusCode);
            Assert.Equal(0, await service.StopAsync());
        }

        // The next start has it as it was left, and the check finds nothing wrong with either store.
        await using (await place.ServeAsync())
        {
            Assert.Contains("outlet  closed", Flat(await place.RunAsync("store", "list")), StringComparison.Ordinal);
        }

        Assert.EndsWith("The store has no errors.", (await place.RunAsync("check")).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_file_does_not_change_stays_as_the_service_has_changed_it()
    {
        var place = await Place.NewAsync(isPostgres: false);
        await using (var service = await place.ServeAsync())
        {
            await place.RunAsync(
                "store", "set", "shop", "--set", "marginBasisPoints=4500", "--set", "smallestGroup=10", "--set",
                """keepDays={"deadLetters":30}""", "--set", """noise={"epsilon":0.5,"bound":250,"period":"month"}""");
            Assert.Equal(0, await service.StopAsync());
        }

        await using (var service = await place.ServeAsync())
        {
            var shown = await place.RunAsync("store", "show", "shop");
            Assert.All(
                (string[])[
                    "\"marginBasisPoints\": 4500", "\"smallestGroup\": 10", "\"deadLetters\": 30", "\"epsilon\": 0.5", "\"bound\": 250"
                ],
                set => Assert.Contains(set, shown, StringComparison.Ordinal));
            Assert.Equal(0, await service.StopAsync());
        }

        var file = Path.Combine(place.Folder, "store.json");
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(file)).Replace("\"horizonDays\": 365", "\"horizonDays\": 90", StringComparison.Ordinal));
        await using (await place.ServeAsync())
        {
            var shown = await place.RunAsync("store", "show", "shop");
            Assert.Contains("\"horizonDays\": 90", shown, StringComparison.Ordinal);
            Assert.Contains("\"marginBasisPoints\": 3000", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Days_to_keep_that_no_store_can_have_are_named_and_change_nothing()
    {
        const string said = "keepDays: behaviour must be a whole number of days, 0 to 3,650.";
        var place = await Place.NewAsync(isPostgres: false);
        await using var service = await place.ServeAsync();
        Assert.Equal("Store shop is at version 2.", (await SetAsync("0")).Output.TrimEnd());
        Assert.Equal("Store shop is at version 3.", (await SetAsync("3650")).Output.TrimEnd());
        foreach (var wrong in (string[])["-1", "3651", "99999999999", "30.5", "\"30\"", "true"])
        {
            var (status, _, error) = await SetAsync(wrong);
            Assert.Equal((1, said), (status, error.Trim()));
            using var body = new StringContent($$$"""{"version":3,"keepDays":{"behaviour":{{{wrong}}}}}""");
            using var reply = await service.Http.PutAsync("api/v1/stores/shop", body);
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
            Assert.Contains(said, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("\"behaviour\": 3650", await place.RunAsync("store", "show", "shop"), StringComparison.Ordinal);

        Task<(int Status, string Output, string Error)> SetAsync(string days) => ClvInProcess.RunAsync(
            ["store", "set", "shop", "--set", $$$"""keepDays={"behaviour":{{{days}}}}""", "--data", place.Folder]);
    }

    // Definitions are numbered in each store.
    private static async Task DefineAsync(RunningClv service, string store, string rule)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/own-segments/buyers");
        request.Content = JsonContent.Create(new { rule });
        request.Headers.Add("Clv-Store", store);
        using var reply = await service.Http.SendAsync(request);
        reply.EnsureSuccessStatusCode();
    }

    private static async Task<HttpResponseMessage> TrackAsync(RunningClv service, string key) =>
        await service.Http.PostAsJsonAsync("v1/batch", new { batch = new[] { Tracked.Order("anna", "o1", 20) }, writeKey = key });

    private static string Flat(string table) => string.Join('\n', table.Split('\n').Select(l => string.Join("  ", l.Split(
        ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
}
