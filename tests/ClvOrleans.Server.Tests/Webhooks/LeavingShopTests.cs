using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Webhooks;

/// <summary>A shop that uninstalls the app asks for all of its people to be erased (<c>shop/redact</c>).</summary>
public sealed class LeavingShopTests(ShopServer server) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task All_people_of_the_shop_are_erased_with_what_was_refused_and_what_waits()
    {
        using var order = await server.ShopifyAsync("orders/create", WebhookTests.Order("leaves", 1));
        using var asked = await server.ShopifyAsync(
            "customers/data_request", """{"shop_id":954889,"customer":{"email":"asks@example.com"}}""");
        using var refused = await server.ShopifyAsync("orders/create", """{"id":9,"email":"refused@example.com"}""");
        Assert.Equal(100m, await server.NetAsync("leaves@example.com"));
        Assert.NotEmpty((await server.GetAsync("api/v1/dead-letters")).GetProperty("letters").EnumerateArray());

        using var reply = await server.ShopifyAsync("shop/redact", """{"shop_id":954889,"shop_domain":"a.myshopify.com"}""");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        JsonElement[] requests;
        do
        {
            await Pause.ShortAsync();
            requests = [.. (await server.GetAsync("api/v1/privacy-requests")).GetProperty("requests").EnumerateArray()];
        }
        while (requests.Any(r => r.GetProperty("doneAt").ValueKind == JsonValueKind.Null));

        Assert.Equal(["CustomerData", "ShopErasure"], requests.Select(r => r.GetProperty("kind").GetString()));
        Assert.All(requests, r => Assert.Equal("{}", r.GetProperty("request").GetString()));
        using var unknown = await server.Http.GetAsync("api/v1/customers/leaves%40example.com");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty((await server.GetAsync("api/v1/dead-letters")).GetProperty("letters").EnumerateArray());

        using var again = await server.ShopifyAsync("orders/create", WebhookTests.Order("leaves", 1));
        using var still = await server.Http.GetAsync("api/v1/customers/leaves%40example.com");
        Assert.Equal(HttpStatusCode.NotFound, still.StatusCode);
    }
}
