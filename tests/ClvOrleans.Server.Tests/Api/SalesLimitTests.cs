using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>A process that may not hold what the store sold says so, and goes on with all else.</summary>
public sealed class SalesLimitTests
{
    [Fact]
    public async Task A_store_that_sold_more_than_the_process_may_hold_is_refused_reports_and_demand_with_the_way_out()
    {
        await using var clv = await ClvInProcess.ServeWithAsync(["Sales__MostMegabytes=1"], ClvProcess.NewFolder());
        await FillAsync(clv, 0, 10);
        Assert.Equal(200, await StatusAsync(clv, "api/v1/reports/cohorts"));

        // Some two thousand bytes a customer, of 40 lines: 600 of them are more than a megabyte.
        await FillAsync(clv, 10, 600);
        foreach (var address in (string[])["reports/cohorts", "reports/risk", "reports/budget?amount=1", "demand", "demand"])
        {
            using var reply = await clv.Http.GetAsync("api/v1/" + address, TestContext.Current.CancellationToken);
            var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal((503, "too_many_sales"), ((int)reply.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Contains("Sales__MostMegabytes", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(200, await StatusAsync(clv, "api/v1/customers/c3/recommendations"));
        Assert.Equal(200, await StatusAsync(clv, "api/v1/reports/movement?months=2"));
        Assert.Equal(200, await StatusAsync(clv, "health/ready"));
    }

    private static async Task<int> StatusAsync(RunningClv clv, string address)
    {
        using var reply = await clv.Http.GetAsync(address, TestContext.Current.CancellationToken);
        return (int)reply.StatusCode;
    }

    private static async Task FillAsync(RunningClv clv, int from, int until)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-9).ToString("O", CultureInfo.InvariantCulture);
        foreach (var customers in Enumerable.Range(from, until - from).Chunk(100))
        {
            await clv.SendAsync([.. customers.Select(c => new
            {
                type = "track",
                @event = "Order Completed",
                messageId = $"m{c}",
                userId = $"c{c}",
                timestamp = at,
                properties = new
                {
                    order_id = $"o{c}",
                    total = 40,
                    products = Enumerable.Range(0, 40).Select(p => new { product_id = $"p{p}", price = 1, quantity = 1 }),
                },
            })]);
        }
    }
}
