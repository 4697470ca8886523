using System.Diagnostics;
using ClvOrleans.Reliability.Tests.Clocks;
using ClvOrleans.Reliability.Tests.Kills;
using ClvOrleans.Reliability.Tests.Storage;
using ClvOrleans.Testing;

namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>A cluster that suffers one fault after the other while clients send to all its silos.</summary>
internal sealed class ClusterDrill : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestAfterDeath = TimeSpan.FromSeconds(30);
    private readonly Random _random;
    private readonly SmallDisk? _disk;
    private readonly Network? _network;
    private readonly FakeClock? _clock;
    private readonly PostgresServer? _standby;
    private int _phases;

    private ClusterDrill(
        int seed, Database database, SmallDisk? disk, Network? network, FakeClock? clock, PostgresServer? standby)
    {
        (_random, Database, _disk, _network, _clock, _standby) = (new Random(seed), database, disk, network, clock, standby);
        Cluster = new Cluster(database, network, clock, standby);
        Senders = new Senders(Story, Cluster.Addresses, Cluster.Folder, seed);
    }

    public Story Story { get; } = new();

    public Senders Senders { get; }

    public Cluster Cluster { get; }

    public Database Database { get; }

    /// <summary>Starts a cluster with what the faults need; the test is skipped where this machine does not allow it.</summary>
    public static async Task<ClusterDrill> StartAsync(IReadOnlyCollection<ClusterFault> faults, int seed)
    {
        var disk = faults.Contains(ClusterFault.DiskIsFull) ? await SmallDisk.MountAsync(400) : null;
        var network = faults.Contains(ClusterFault.SiloIsCutOff) || faults.Contains(ClusterFault.SilosAreParted)
            ? await Network.CreateAsync(Cluster.Silos)
            : null;
        var clock = faults.Contains(ClusterFault.ClockSteps) ? new FakeClock("+0") : null;
        var database = Database.Start(disk is null ? null : Directory.CreateDirectory(Path.Combine(disk.Folder, "postgres")).FullName);
        var standby = faults.Contains(ClusterFault.DatabaseFailsOver) ? await database.FollowAsync() : null;
        var drill = new ClusterDrill(seed, database, disk, network, clock, standby);
        await drill.Cluster.StartAsync();
        return drill;
    }

    /// <summary>
    /// Lets clients send, lets the fault happen, and waits until every person's events are acknowledged again by every silo that can be
    /// reached. How long that took: from the fault, where it lasts; from its end, where nothing can be acknowledged before.
    /// </summary>
    public async Task<TimeSpan> SufferAsync(ClusterFault fault)
    {
        using var over = new CancellationTokenSource();
        var sending = Senders.LiveAsync(_phases++, over.Token);
        try
        {
            await Task.Delay(_random.Next(1_000, 2_000));
            var back = await SufferAsync(fault, _random.Next(Cluster.Silos));
            await Task.Delay(_random.Next(500, 1_000));
            return back;
        }
        finally
        {
            await over.CancelAsync();
            await sending;
        }
    }

    /// <summary>Sends what was not acknowledged, and joins the ids of every person.</summary>
    public async Task CompleteAsync()
    {
        var client = Cluster[_random.Next(Cluster.Silos)].Client;
        await KillDrill.SendAgainAsync(client, Story.Told.Values.Where(e => !Senders.Acknowledged.ContainsKey(e.Id)));
        await KillDrill.SendAgainAsync(client, Story.Joined());
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Database.Dispose();
        await (_network?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_disk?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<TimeSpan> SufferAsync(ClusterFault fault, int victim)
    {
        var others = Enumerable.Range(0, Cluster.Silos).Where(s => s != victim).ToArray();
        var silo = Cluster[victim];
        switch (fault)
        {
            case ClusterFault.SiloEnds:
                return await WithoutAsync(victim, others, async () => Assert.Equal(0, await silo.TerminateAsync()));
            case ClusterFault.SiloIsKilled:
                return await WithoutAsync(victim, others, silo.KillAsync);
            case ClusterFault.SiloPauses:
                silo.Send(Signal.Stop);
                await Task.Delay(2_000);
                silo.Send(Signal.Cont);
                return await BackAsync();
            case ClusterFault.SiloFreezes:
                silo.Send(Signal.Stop);
                return await UntilItReturnsAsync(victim, others, () => Task.Run(() => silo.Send(Signal.Cont)));
            case ClusterFault.ConnectionsAreLost:
                await Database.EndConnectionsAsync();
                return await BackAsync();
            case ClusterFault.DatabaseRestarts:
                Database.Primary.Stop();
                return await DatabaseIsBackAsync();
            case ClusterFault.DatabaseCrashes:
                Database.Primary.Kill();
                return await DatabaseIsBackAsync();
            case ClusterFault.DiskIsSlow:
                await Database.SlowDownAsync(TimeSpan.FromMilliseconds(100));
                var slow = await BackAsync();
                await Task.Delay(3_000);
                await Database.SlowDownAsync(TimeSpan.Zero);
                return slow;
            case ClusterFault.DiskIsFull:
                _disk!.Fill();
                await Task.Delay(5_000);
                _disk.Empty();
                return await DatabaseIsBackAsync();
            case ClusterFault.ClockSteps:
                _clock!.Set("+2h");
                var ahead = await BackAsync();
                _clock.Set("-2h");
                var behind = await BackAsync();
                _clock.Set("+0");
                return ahead > behind ? ahead : behind;
            case ClusterFault.SiloIsCutOff:
                await _network!.CutOffAsync(victim, isCutOff: true);
                return await UntilItReturnsAsync(victim, others, () => _network.CutOffAsync(victim, isCutOff: false));
            case ClusterFault.SilosAreParted:
                await _network!.PartAsync(victim, others[0], areParted: true);
                await Task.Delay(20_000);
                await _network.PartAsync(victim, others[0], areParted: false);
                return await BackAsync();
            case ClusterFault.DatabaseFailsOver:
                Database.FailOver(_standby!);
                return await BackAsync();
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "The drill does not know this fault.");
        }
    }

    private async Task<TimeSpan> WithoutAsync(int victim, int[] others, Func<Task> end)
    {
        var clock = Stopwatch.StartNew();
        await end();
        await AnswerAsync(others, clock);
        var back = clock.Elapsed;
        await Cluster.StartAsync(victim);
        return back;
    }

    // Whoever was declared dead while it could not answer has to find out and end, and is started again.
    private async Task<TimeSpan> UntilItReturnsAsync(int victim, int[] others, Func<Task> goOn)
    {
        var back = await AnswerAsync(others, Stopwatch.StartNew());
        var clock = Stopwatch.StartNew();
        await goOn();
        await Cluster[victim].EndAsync();
        Assert.True(clock.Elapsed < LongestAfterDeath, $"Silo {victim} served on for {clock.Elapsed} after it was declared dead.");
        await BackAsync();
        return back;
    }

    private async Task<TimeSpan> DatabaseIsBackAsync()
    {
        await Task.Delay(1_000);
        if (!Database.Primary.IsRunning)
        {
            Database.Primary.Restart();
        }

        return await BackAsync();
    }

    // Silos that have ended are started again, as a supervisor would.
    private async Task<TimeSpan> BackAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await AnswerAsync(Enumerable.Range(0, Cluster.Silos), clock);
            }
            catch (Exception e) when (Client.IsLost(e))
            {
                await Cluster.StartEndedAsync();
            }
        }
    }

    private async Task<TimeSpan> AnswerAsync(IEnumerable<int> silos, Stopwatch clock)
    {
        foreach (var silo in silos)
        {
            var looks = Story.Looks().Select(e => e.Json).ToArray();
            while (await TryAsync(silo, looks) is { } refusal)
            {
                if (Cluster[silo].HasEnded)
                {
                    throw new HttpRequestException($"Silo {silo} has ended.");
                }

                Assert.True(clock.Elapsed < Longest, $"Silo {silo} does not acknowledge: {refusal}\n{Cluster[silo].Log}");
                await Task.Delay(100);
            }
        }

        return clock.Elapsed;
    }

    private async Task<string?> TryAsync(int silo, string[] looks)
    {
        using var client = new Client(Cluster.Addresses[silo], TimeSpan.FromSeconds(10));
        try
        {
            var answer = await client.SendAsync(looks);
            return answer is { Status: 200, Refused: [] } ? null : answer.ToString();
        }
        catch (Exception e) when (Client.IsLost(e))
        {
            return e.Message;
        }
    }
}
