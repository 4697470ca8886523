using System.Diagnostics;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Clocks;

/// <summary>Clocks go back, jump and stand still: no event is lost, no report freezes, no age is negative.</summary>
public sealed class ClockTests
{
    private const int New = 5;

    public static TheoryData<string, string> Puts => new(Sizes.Of<(string, string)[]>(
        [("+20m", "+0"), ("+0", "+400d")],
        [
            ("+10m", "+0"), ("+20m", "+0"), ("+2h", "+0"), ("+3d", "+0"), ("2026-01-01 12:00:00", "+0"),
            ("+0", "-10y"), ("+0", "+2h"), ("+0", "+400d"), ("+0", "2026-01-01 12:00:00"),
        ]));

    [Theory]
    [MemberData(nameof(Puts))]
    public async Task New_customers_are_recorded_and_reported_after_the_clock_was_put(string from, string to)
    {
        var clock = new FakeClock(from);
        await using var service = await Service.ServeAsync(Service.NewFolder(), clock.Options);
        await service.Client.AcknowledgedAsync(Track.OrderNow("a", "a", 10));
        await ReportsAsync(service.Client, 1);

        clock.Set(to);
        for (var i = 0; i < New; i++)
        {
            await service.Client.AcknowledgedAsync(Track.OrderNow($"b{i}", $"b{i}", 10));
        }

        await service.Client.AcknowledgedAsync(Track.OrderNow("a", "a-again", 10));
        await ReportsAsync(service.Client, New + 2);
        Assert.Equal(New + 1, (await service.Client.GetAsync("api/v1/customers")).Json.GetProperty("customers").GetArrayLength());
        Assert.Equal(2, (await service.Client.HistoricAsync("a")).Orders);
    }

    // A report is at most a second old, and some time goes by on a busy machine.
    private static async Task ReportsAsync(Client client, int orders)
    {
        JsonElement report;
        var waited = Stopwatch.StartNew();
        do
        {
            var answer = await client.GetAsync("api/v1/segments");
            Assert.True(answer.Status == 200, answer.ToString());
            report = answer.Json;
            Assert.InRange(report.GetProperty("age").GetProperty("seconds").GetDouble(), 0, 60);
            await Task.Delay(100);
        }
        while (report.GetProperty("total").GetProperty("orders").GetInt32() != orders && waited.Elapsed < TimeSpan.FromSeconds(10));

        Assert.Equal(orders, report.GetProperty("total").GetProperty("orders").GetInt32());
    }
}
