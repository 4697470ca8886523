using ClvOrleans.Reliability.Tests.Clocks;
using ClvOrleans.Testing;

namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>Three silos, each in a process, over one database.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>How many silos there are.</summary>
    public const int Silos = 3;

    private const string Settings =
        """{ "id": "shop", "currency": "USD", "timeZone": "UTC", "writeKeys": { "WK": "web" } }""";

    private readonly Network? _network;
    private readonly FakeClock? _clock;
    private readonly int[] _databasePorts;
    private readonly string[] _folders = [.. Enumerable.Range(0, Silos).Select(_ => Service.NewFolder())];
    private readonly int[] _ports = [.. Enumerable.Range(0, Silos).Select(_ => LoopbackPort.Free())];
    private readonly Service?[] _silos = new Service?[Silos];

    /// <summary>A cluster that is not started yet.</summary>
    /// <param name="database">What it writes to.</param>
    /// <param name="network">Where each silo has an address of its own; null for the loopback.</param>
    /// <param name="clock">The clock of the last silo; null for the machine's.</param>
    /// <param name="standby">What takes over from the database; null for nothing.</param>
    public Cluster(Database database, Network? network, FakeClock? clock, PostgresServer? standby)
    {
        (_network, _clock) = (network, clock);
        _databasePorts = standby is null ? [database.Primary.Port] : [database.Primary.Port, standby.Port];
        foreach (var folder in _folders)
        {
            File.WriteAllText(Path.Combine(folder, "store.json"), Settings);
        }
    }

    /// <summary>Where the silos serve.</summary>
    public IReadOnlyList<Uri> Addresses => [.. Enumerable.Range(0, Silos).Select(i => new Uri($"http://{HostOf(i)}:{_ports[i]}"))];

    /// <summary>The folder of a silo, which holds its owner's key.</summary>
    public string Folder => _folders[0];

    /// <summary>The silo of a number.</summary>
    public Service this[int silo] => _silos[silo] ?? throw new InvalidOperationException($"Silo {silo} was never started.");

    /// <summary>Starts all silos at once and waits until they are ready.</summary>
    public Task StartAsync() => Task.WhenAll(Enumerable.Range(0, Silos).Select(StartAsync));

    /// <summary>Starts a silo, anew where it has ended, and waits until it is ready.</summary>
    public async Task StartAsync(int silo)
    {
        if (_silos[silo] is { } ended)
        {
            await ended.DisposeAsync();
        }

        var clock = silo == Silos - 1 ? _clock : null;
        var service = Service.Start(_folders[silo], new ServiceOptions
        {
            Host = HostOf(silo),
            Port = _ports[silo],
            Through = _network?.Into(silo) ?? [],
            Environment = new Dictionary<string, string>(clock?.Options.Environment ?? new Dictionary<string, string>())
            {
                ["CLV_POSTGRES"] = Database.ConnectionString(_network?.Host ?? "127.0.0.1", _databasePorts),
                ["CLV_SILO_ADDRESS"] = HostOf(silo),
                ["CLV_SILO_NAME"] = $"silo-{silo}",
            },
        });
        _silos[silo] = service;
        await service.ReadyAsync();
    }

    /// <summary>Starts the silos that have ended.</summary>
    public async Task StartEndedAsync()
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            if (this[silo].HasEnded)
            {
                await StartAsync(silo);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.OfType<Service>())
        {
            await silo.DisposeAsync();
        }
    }

    private string HostOf(int silo) => _network?.AddressOf(silo) ?? "127.0.0.1";
}
