using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClvOrleans.Reliability.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Decisions;

/// <summary>Lives of a service over one folder with one policy, whose webhooks go to a receiver that stays.</summary>
internal sealed class PolicyDrill(Receiver receiver, int customersOfALife)
{
    private readonly int _port = LoopbackPort.Free();
    private readonly List<object> _sent = [];
    private int _lives;

    public string Folder { get; } = Service.NewFolder();

    /// <summary>How many customers have had the occasion.</summary>
    public int Customers => _lives * customersOfALife;

    /// <summary>Defines the policy, live and without a control group.</summary>
    public async Task BeginAsync()
    {
        await using var service = await ServeAsync(6_000);
        await DoneAsync(service, HttpMethod.Put, "policies/terms", """{ "controlShare": 0 }""");
        await DoneAsync(service, HttpMethod.Put, "policies/news", $$"""
            {
              "id": "news", "when": { "event": "PageViewed" }, "budget": { "amount": 1000000 }, "holdout": 0, "exploration": 0,
              "do": { "channel": "webhook", "topic": "news", "cost": 1, "effect": { "amount": 10 }, "payload": { "url": "{{receiver.Address}}" } }
            }
            """);
        await DoneAsync(service, HttpMethod.Post, "policies/news/mode", """{ "mode": "live" }""");
        Assert.Equal(0, await service.TerminateAsync());
    }

    /// <summary>One life, killed at a moment. Whether the file shows that it was this moment.</summary>
    public async Task<bool> LiveAsync(Moment moment, Action<string> tell)
    {
        var (open, held) = (receiver.Answered, new TaskCompletionSource());
        receiver.Gate = moment == Moment.HandedOver ? held.Task : Task.CompletedTask;
        var (before, sent) = (receiver.Arrived.Values.Sum(), Live("SELECT count(*) FROM deliveries WHERE state = 'Sent'"));
        await using (var service = await ServeAsync(moment is Moment.Decided or Moment.Noticed ? 1 : 6_000))
        {
            var sending = SendAsync(service.Client, Occasions(_lives++));
            await UntilAsync(moment switch
            {
                Moment.Noticed => () => Live("SELECT count(*) FROM transitions t LEFT JOIN decision_shards d ON d.store = t.store "
                    + "AND d.shard = t.shard WHERE t.commit_number > ifnull(d.up_to, 0)") > 0,
                Moment.Decided => () => sending.IsCompleted && Live("SELECT count(*) FROM decisions") == Customers,
                Moment.HandedOver => () => receiver.Arrived.Values.Sum() >= before + 20,
                _ => () => receiver.Answered >= open + 20 && Live("SELECT count(*) FROM deliveries WHERE state = 'Sent'") > sent,
            });
            await service.KillAsync();
            await sending;
        }

        held.SetResult();
        using var copy = new StoreCopy(Folder);
        long noticed = copy.Count("SELECT count(*) FROM transitions t LEFT JOIN decision_shards d ON d.store = t.store "
                + "AND d.shard = t.shard WHERE t.commit_number > ifnull(d.up_to, 0)"),
            waiting = copy.Count("SELECT count(*) FROM deliveries WHERE state = 'Waiting'"),
            handed = copy.Count("SELECT count(*) FROM deliveries WHERE state = 'Handed'"),
            kept = copy.Count("SELECT count(*) FROM deliveries WHERE state = 'Sent'") - sent;
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"killed {moment}: {noticed} noticed and not decided, {waiting} waiting, {handed} handed over, {kept} sent"));
        return (moment switch
        {
            Moment.Noticed => noticed,
            Moment.Decided => waiting,
            Moment.HandedOver => handed,
            _ => kept,
        }) > 0;
    }

    /// <summary>Sends again all that was ever sent, and waits until nothing is open.</summary>
    public async Task FinishAsync()
    {
        receiver.Gate = Task.CompletedTask;
        await using var service = await ServeAsync(1_000_000);
        await SendAsync(service.Client, _sent, mustArrive: true);
        await UntilAsync(() => Live("SELECT count(*) FROM decisions") >= Customers
            && Live("SELECT count(*) FROM deliveries WHERE state IN ('Waiting', 'Handed')") == 0);
        await SendAsync(service.Client, _sent, mustArrive: true);
        Assert.Equal(0, await service.TerminateAsync());
    }

    private Task<Service> ServeAsync(int webhooksPerMinute) => Service.ServeAsync(Folder, new ServiceOptions
    {
        Port = _port,
        Environment = new Dictionary<string, string>
        {
            ["Webhooks__AllowPrivate"] = "true",
            ["Webhooks__Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Deliveries__WebhooksPerMinute"] = webhooksPerMinute.ToString(CultureInfo.InvariantCulture),
            ["Jobs__Watch"] = "00:00:00.5",
        },
    });

    private List<object> Occasions(int life)
    {
        List<object> events = [];
        foreach (var i in Enumerable.Range(0, customersOfALife))
        {
            var user = $"u{life}-{i}";
            events.Add(new
            {
                type = "track",
                @event = "Consent Changed",
                userId = user,
                messageId = $"consent-{user}",
                properties = new { consents = new { marketing = true } },
            });
            events.Add(new { type = "page", name = "Home", userId = user, messageId = $"page-{user}" });
        }

        _sent.AddRange(events);
        return events;
    }

    // A client that is cut off sends again in the end.
    private static async Task SendAsync(Client client, IReadOnlyList<object> events, bool mustArrive = false)
    {
        foreach (var batch in events.Chunk(100))
        {
            try
            {
                Assert.Empty((await client.AcknowledgedAsync(batch)).Refused);
            }
            catch (Exception e) when (Client.IsLost(e) && !mustArrive)
            {
                return;
            }
        }
    }

    private static async Task DoneAsync(Service service, HttpMethod method, string path, string body)
    {
        using var http = OwnerKey.Client(service.Address, service.Folder);
        using var request = new HttpRequestMessage(
            method, $"api/v1/{path}")
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Queries of the drill only.")]
    private long Live(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "clv.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    // Nothing tells a test what another process is about to do: it looks as fast as it can.
    private static async Task UntilAsync(Func<bool> isReached)
    {
        for (var waited = Stopwatch.StartNew(); !isReached();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(3), "It does not come to that.");
            await Task.Yield();
        }
    }
}
