using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>A client that goes on sending while its service is gone.</summary>
public sealed class KilledServiceTests
{
    [Fact]
    public async Task Every_event_of_a_client_is_there_once_after_kill_9_in_the_middle_and_a_new_start()
    {
        var folder = ClvProcess.NewFolder();
        await using var first = await ClvProcess.ServeAsync(folder);
        var address = first.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var script = NodeScript.Start("orders.mjs", address, "WK");
        var some = FullSizes.Of(30, 100);
        await UntilOrdersAsync(first, some);
        await first.KillAsync();

        await using var second = await ClvProcess.ServeAsync(folder, address);
        await UntilOrdersAsync(second, some + await OrdersAsync(second));
        script.WriteLine("stop");
        var sold = int.Parse(await script.EndAsync(TimeSpan.FromMinutes(3)), CultureInfo.InvariantCulture);

        for (var customer = 0; customer < 10; customer++)
        {
            var expected = (sold + 9 - customer) / 10;
            var historic = (await second.ClvAsync($"c{customer}")).GetProperty("historic");
            Assert.Equal(
                (expected, (decimal)expected), (historic.GetProperty("orders").GetInt32(), historic.GetProperty("net").GetDecimal()));
            using var profile = JsonDocument.Parse(await second.Http.GetStringAsync($"api/v1/customers/c{customer}"));
            Assert.Equal(2 * expected, profile.RootElement.GetProperty("revision").GetInt32());
            Assert.Equal(
                expected, profile.RootElement.GetProperty("features").GetProperty("counts").GetProperty("ProductViewed").GetInt32());
        }
    }

    private static async Task UntilOrdersAsync(ClvProcess clv, int orders)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await OrdersAsync(clv) < orders)
        {
            await Pause.ShortAsync(limit.Token);
        }
    }

    private static async Task<int> OrdersAsync(ClvProcess clv)
    {
        var orders = 0;
        for (var customer = 0; customer < 10; customer++)
        {
            using var reply = await clv.Http.GetAsync($"api/v1/customers/c{customer}/clv");
            if (reply.IsSuccessStatusCode)
            {
                using var value = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
                orders += value.RootElement.GetProperty("historic").GetProperty("orders").GetInt32();
            }
        }

        return orders;
    }
}
