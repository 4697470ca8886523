using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class PastSegmentApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task The_report_of_a_past_day_is_what_was_known_as_that_day_ended()
    {
        await fixture.Clv.SendAsync(
            ClvFixture.Order("ada", "a1", 100, "2024-01-10T12:00:00Z"), ClvFixture.Order("ada", "a2", 40, "2024-02-10T12:00:00Z"),
            ClvFixture.Order("ben", "b1", 60, "2024-01-20T12:00:00Z"), ClvFixture.Order("cyd", "c1", 80, "2024-03-05T12:00:00Z"),
            Change("Order Refunded", "ada", "a1", "2024-02-20T12:00:00Z"), Change("Order Cancelled", "ben", "b1", "2024-02-25T12:00:00Z"));

        // The refund and the cancellation came later, and so did cyd.
        var then = await fixture.GetAsync("api/v1/segments?asOf=2024-02-15");
        Assert.Equal((2, 3, 200m), Total(then));
        Assert.Equal(30, then.GetProperty("segments").GetArrayLength());
        Assert.Equal(await HistoricAsync("2024-02-15", "ada", "ben"), Total(then).Historic);

        // As of a later day they are in: ben has bought nothing, and ada's first order was paid back in full.
        Assert.Equal((2, 2, 120m), Total(await fixture.GetAsync("api/v1/segments?asOf=2024-03-31")));
        Assert.Equal((0, 0, 0m), Total(await fixture.GetAsync("api/v1/segments?asOf=2024-01-09")));
    }

    private async Task<decimal> HistoricAsync(string day, params string[] customers)
    {
        var sum = 0m;
        foreach (var customer in customers)
        {
            var value = await fixture.GetAsync($"api/v1/customers/{customer}/clv?asOf={day}");
            sum += value.GetProperty("historic").GetProperty("net").GetDecimal();
        }

        return sum;
    }

    private static (int Customers, int Orders, decimal Historic) Total(JsonElement report)
    {
        var total = report.GetProperty("total");
        return (total.GetProperty("customers").GetInt32(), total.GetProperty("orders").GetInt32(), total.GetProperty("historicValue")
            .GetDecimal());
    }

    private static object Change(string @event, string customer, string order, string at) => new
    {
        type = "track",
        @event,
        userId = customer,
        messageId = $"{@event}:{order}",
        timestamp = at,
        properties = new { order_id = order },
    };
}
