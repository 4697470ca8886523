using System.Collections.Concurrent;
using System.Text.Json;

namespace ClvOrleans.Server.Tests;

/// <summary>Invariant 1: acknowledged means durable, whenever the process is killed.</summary>
public sealed class KillTests
{
    private const int Senders = 8;
    private const int Customers = 20;

    [Fact]
    public async Task Acknowledged_events_survive_kill_9_each_once()
    {
        var folder = ClvProcess.NewFolder();
        ConcurrentDictionary<int, bool> sent = new(), acknowledged = new();
        for (var life = 1; life <= 3; life++)
        {
            await using var clv = await ClvProcess.ServeAsync(folder);
            var enough = life * 150;
            var reached = new TaskCompletionSource();
            var senders = Enumerable.Range(0, Senders).Select(sender => SendUntilKilledAsync(clv, (life * 1_000_000) + sender, order =>
            {
                acknowledged[order] = true;
                if (acknowledged.Count >= enough)
                {
                    reached.TrySetResult();
                }
            }, sent)).ToArray();
            await reached.Task;
            await clv.KillAsync();
            await Task.WhenAll(senders);
        }

        await using var last = await ClvProcess.ServeAsync(folder);
        Assert.InRange(await OrdersAsync(last), acknowledged.Count, sent.Count);
        var again = await last.SendAsync([.. acknowledged.Keys.Select(EventOf)]);
        Assert.Equal((0, acknowledged.Count), (again.GetProperty("accepted").GetInt32(), again.GetProperty("duplicates").GetInt32()));

        await last.SendAsync([.. sent.Keys.Select(EventOf)]);
        Assert.Equal(sent.Count, await OrdersAsync(last));
    }

    private static async Task SendUntilKilledAsync(ClvProcess clv, int from, Action<int> acknowledge, ConcurrentDictionary<int, bool> sent)
    {
        for (var order = from; ; order += Senders)
        {
            try
            {
                sent[order] = true;
                await clv.SendAsync(EventOf(order));
                acknowledge(order);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return; // Not acknowledged: it may be there or not.
            }
        }
    }

    private static object EventOf(int order) => CustomerValueTests.Order($"c{order % Customers}", $"o{order}", 1m);

    // Each order is worth 1.
    private static async Task<decimal> OrdersAsync(ClvProcess clv)
    {
        var sum = 0m;
        for (var c = 0; c < Customers; c++)
        {
            JsonElement value = await clv.ClvAsync($"c{c}");
            sum += value.GetProperty("historic").GetProperty("net").GetDecimal();
        }

        return sum;
    }
}
