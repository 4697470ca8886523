using System.Diagnostics;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>
/// A service with many people, some of whom are erased by one request during which the service is killed and events of the others come in.
/// </summary>
internal sealed class ErasureDrill(IStoredRows rows, string folder)
{
    /// <summary>What is in every name of those who leave.</summary>
    public const string Mark = "leaving";

    private const string OpenJob = "SELECT count(*) FROM jobs WHERE kind = 'Erasure' AND state IN ('Waiting', 'Running')";
    private const string Remains = "SELECT count(*) FROM erasure_remains";
    private const string Erased = "SELECT count(*) FROM erasures";
    private const int Leaving = 400;
    private const int Staying = 40;
    private readonly int _port = LoopbackPort.Free();
    private readonly List<object> _others = [];

    private static string Left => $"SELECT count(*) FROM customers WHERE customer LIKE '%{Mark}%'";

    private static object[] Gone =>
    [
        .. Enumerable.Range(0, Leaving).SelectMany(i => new[]
        {
            Track.OrderOfVisitor($"v-{Mark}-{i}", $"o-{Mark}-{i}", 20, "2025-10-01T00:00:00Z", $"m0-{Mark}-{i}"),
            Identify(i),
            Track.View($"{Mark}-{i}", $"m2-{Mark}-{i}"),
            Track.Refund($"{Mark}-{i}", $"unknown-{Mark}-{i}", 1),
        }),
    ];

    // What happens after an erasure is of a new customer: all of this happened before.
    private static object Identify(int i) => new
    {
        type = "identify",
        userId = $"{Mark}-{i}",
        anonymousId = $"v-{Mark}-{i}",
        messageId = $"m1-{Mark}-{i}",
        timestamp = "2025-10-01T00:00:00Z",
    };

    // Refused events that name them.
    private static object[] Refused => [.. Enumerable.Range(0, 10).Select(i => new
    {
        type = "track",
        @event = "Order Completed",
        userId = $"{Mark}-{i}",
        messageId = $"m3-{Mark}-{i}",
        timestamp = "2025-10-01T00:00:00Z",
        properties = new { order_id = $"o2-{Mark}-{i}", revenue = "none" },
    })];

    /// <summary>Sends everything, begins the request and kills the service; the moment that the storage shows.</summary>
    public async Task<Moment?> LiveAsync(Moment moment)
    {
        await using var service = await ServeAsync();
        foreach (var batch in Gone.Concat(Refused).Chunk(200))
        {
            await service.Client.AcknowledgedAsync(batch);
        }

        Assert.True(await rows.HoldsAsync(Mark));
        await SendOthersAsync(service.Client, 0);
        await service.Client.ReportAsync();
        using var end = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            for (var round = 1; !end.IsCancellationRequested && await SendOthersAsync(service.Client, round); round++)
            {
                // The next.
            }
        });
        var request = JsonSerializer.SerializeToUtf8Bytes(new
        {
            regulationType = "DELETE_ONLY",
            subjectType = "USER_ID",
            subjectIds = Enumerable.Range(0, Leaving).Select(i => $"{Mark}-{i}"),
        });
        var answer = await service.Client.PostAsync("api/v1/regulations", request);
        Assert.True(answer.Status == 200, answer.ToString());
        for (var waited = Stopwatch.StartNew(); !await IsReachedAsync(moment);)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "It does not come to that.");
            await Task.Yield(); // Nothing tells a test what another process is about to do: it looks as fast as it can.
        }

        await service.KillAsync();
        await end.CancelAsync();
        await sending;
        foreach (var now in Enum.GetValues<Moment>().Reverse())
        {
            if (await IsReachedAsync(now))
            {
                return now;
            }
        }

        return null;
    }

    /// <summary>The next life: the request ends by itself, nothing of anybody is left, and reports are those of the others.</summary>
    public async Task FinishAsync()
    {
        await using (var service = await ServeAsync())
        {
            await EndedAsync(service.Client);
            for (var waited = Stopwatch.StartNew(); await rows.HoldsAsync(Mark); await Task.Delay(100))
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "Something of them is left.");
            }

            // Whatever was sent before comes again, of both.
            foreach (var batch in _others.Concat(Gone).Chunk(200))
            {
                Assert.Empty((await service.Client.AcknowledgedAsync(batch)).Refused);
            }

            await VerifyAsync(service.Client);
            Assert.Equal(0, await service.TerminateAsync());
        }

        await using var last = await ServeAsync();
        await VerifyAsync(last.Client);
        Assert.Equal(0, await last.TerminateAsync());
        Assert.False(await rows.HoldsAsync(Mark));
    }

    private async Task VerifyAsync(Client client)
    {
        var total = (await client.ReportAsync()).GetProperty("total");
        Assert.Equal(
            (Staying, _others.Count), (total.GetProperty("customers").GetInt32(), total.GetProperty("orders").GetInt32()));
        Assert.Equal(0, await rows.CountAsync(Left));
        var historic = await client.HistoricAsync("stays-7");
        Assert.Equal((_others.Count / Staying, _others.Count / Staying * 10m), (historic.Orders, historic.Net));
    }

    private async Task<bool> IsReachedAsync(Moment moment) => moment switch
    {
        Moment.Begun => await rows.CountAsync(OpenJob) == 1 && await rows.CountAsync(Erased) == 0,
        Moment.Erasing => await rows.CountAsync(Left) is > 0 && await rows.CountAsync(Remains) > 0,
        Moment.Settling => await rows.CountAsync(Remains) > 0 && await rows.CountAsync(Left) == 0,
        _ => await rows.CountAsync(OpenJob) == 0,
    };

    private Task<Service> ServeAsync() => Service.ServeAsync(folder, new ServiceOptions
    {
        Port = _port,
        Environment = new Dictionary<string, string>(rows.Environment) { ["Jobs__Watch"] = "00:00:00.5" },
    });

    // One order of each; false where the service is gone. What was not acknowledged is sent again later.
    private async Task<bool> SendOthersAsync(Client client, int round)
    {
        object[] orders = [.. Enumerable.Range(0, Staying).Select(i => Track.Order($"stays-{i}", $"o-{round}-{i}", 10))];
        _others.AddRange(orders);
        try
        {
            Assert.Empty((await client.AcknowledgedAsync(orders)).Refused);
            return true;
        }
        catch (Exception e) when (Client.IsLost(e))
        {
            return false;
        }
    }

    private static async Task EndedAsync(Client client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var list = await client.GetAsync("api/v1/regulations");
            Assert.True(list.Status == 200, list.ToString());
            var regulation = Assert.Single(list.Json.GetProperty("regulations").EnumerateArray());
            if (regulation.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                Assert.Equal("FINISHED", regulation.GetProperty("overallStatus").GetString());
                return;
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
