using System.Diagnostics;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>Lives of a service over one folder at one address, with clients that go on sending from one to the next.</summary>
internal sealed class KillDrill
{
    private static readonly LifeEnd[] Kinds = Enum.GetValues<LifeEnd>();
    private readonly int _port = LoopbackPort.Free();
    private readonly Random _random;
    private readonly LifeEnd[] _first;

    public KillDrill(int seed)
    {
        _random = new Random(seed);
        _first = Enum.GetValues<LifeEnd>();
        _random.Shuffle(_first);
        File = new OrdersFile(Path.Combine(Folder, "orders.csv"), seed);
        Senders = new Senders(Story, [new Uri($"http://127.0.0.1:{_port}")], Folder, seed);
    }

    public string Folder { get; } = Service.NewFolder();

    public Story Story { get; } = new();

    public Senders Senders { get; }

    public OrdersFile File { get; }

    /// <summary>One life: each kind of end comes once, in the seed's order, then any. What came of it, as a line.</summary>
    public async Task<string> LiveAsync(int life)
    {
        var end = life < _first.Length ? _first[life] : _random.NextDouble() < .5 ? LifeEnd.Killed : Kinds[_random.Next(Kinds.Length)];
        await using var service = Service.Start(Folder, new ServiceOptions { Port = _port });
        using var over = new CancellationTokenSource();
        var living = Senders.LiveAsync(life, over.Token);
        try
        {
            await EndAsync(service, end);
        }
        finally
        {
            await over.CancelAsync();
        }

        await living;
        return $"life {life}: {end}; {Story.Told.Count} events sent, {Senders.Acknowledged.Count} acknowledged";
    }

    /// <summary>Sends what was not acknowledged, joins the ids of every person, and imports the file to its end.</summary>
    public async Task CompleteAsync(Client client)
    {
        await SendAgainAsync(client, Story.Told.Values.Where(e => !Senders.Acknowledged.ContainsKey(e.Id)));
        await SendAgainAsync(client, Story.Joined());
        var (status, written, error) = await Executable.RunAsync("import", File.Path, "--data", Folder, "--json");
        Assert.True(status == 0, error);
        using var result = JsonDocument.Parse(written);
        Assert.Equal(
            File.Lines, result.RootElement.GetProperty("events").GetInt32() + result.RootElement.GetProperty("duplicates").GetInt32());
    }

    public static async Task SendAgainAsync(Client client, IEnumerable<TestEvent> events)
    {
        foreach (var batch in events.Chunk(500))
        {
            var answer = await client.AcknowledgedAsync(batch.Select(e => e.Json));
            Assert.Empty(answer.Refused);
        }
    }

    private async Task EndAsync(Service service, LifeEnd end)
    {
        if (end == LifeEnd.KilledWhileStarting)
        {
            await PauseAsync(100, 2_500);
            await service.KillAsync();
            return;
        }

        await service.ReadyAsync();
        await Task.WhenAll(PauseAsync(50, Sizes.Of(2_000, 3_500)), UntilSomeAreAcknowledgedAsync());
        switch (end)
        {
            case LifeEnd.Terminated:
                Assert.Equal(0, await service.TerminateAsync());
                return;
            case LifeEnd.FrozenAndKilled:
                for (var times = 0; times < 2; times++)
                {
                    service.Send(Signal.Stop);
                    await PauseAsync(100, 1_500);
                    service.Send(Signal.Cont);
                    await PauseAsync(50, 500);
                }

                break;
            case LifeEnd.KilledWhileTraining:
                await KillDuringAsync(service, service.Client.PostAsync("api/v1/models/train", []), 2_500);
                return;
            case LifeEnd.KilledWhileImporting:
                await KillDuringAsync(service, Executable.RunAsync("import", File.Path, "--data", Folder), 2_500);
                return;
        }

        await service.KillAsync();
    }

    // The work ends as it may: what counts is what is there afterwards.
    private async Task KillDuringAsync(Service service, Task work, int most)
    {
        await PauseAsync(50, most);
        await service.KillAsync();
        try
        {
            await work;
        }
        catch (Exception e) when (Client.IsLost(e))
        {
            // Cut off, as was meant.
        }
    }

    // A busy machine is slow, and a life in which nothing is acknowledged proves nothing.
    private async Task UntilSomeAreAcknowledgedAsync()
    {
        var enough = Senders.Acknowledged.Count + 100;
        for (var waited = Stopwatch.StartNew(); Senders.Acknowledged.Count < enough && waited.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(20);
        }
    }

    private Task PauseAsync(int least, int most) => Task.Delay(_random.Next(least, most));
}
