namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>A bridge of this machine with a network namespace for each silo, whose links can be cut.</summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly int _number = Environment.ProcessId % 250;
    private readonly int _silos;

    private Network(int silos) => _silos = silos;

    /// <summary>The address of this machine, where the database listens.</summary>
    public string Host => $"10.{_number}.97.254";

    private string Bridge => $"clvb{_number}";

    /// <summary>Makes one; the test is skipped where that is not allowed.</summary>
    public static async Task<Network> CreateAsync(int silos)
    {
        var network = new Network(silos);
        var refusal = await network.MakeAsync();
        if (refusal is not null)
        {
            await network.DisposeAsync();
        }

        Assert.SkipWhen(refusal is not null, $"A network namespace cannot be made here: {refusal}");
        return network;
    }

    /// <summary>The address of a silo.</summary>
    public string AddressOf(int silo) => $"10.{_number}.97.{silo + 1}";

    /// <summary>What starts a process in the namespace of a silo.</summary>
    public string[] Into(int silo) => ["ip", "netns", "exec", NameOf(silo)];

    /// <summary>Cuts a silo off from everybody, or connects it again.</summary>
    public Task CutOffAsync(int silo, bool isCutOff) => IpAsync("link", "set", LinkOf(silo), isCutOff ? "down" : "up");

    /// <summary>Cuts what two silos say to each other, or lets it pass again.</summary>
    public Task PartAsync(int silo, int other, bool areParted) =>
        IpAsync("-n", NameOf(silo), "route", areParted ? "add" : "del", "blackhole", AddressOf(other));

    public async ValueTask DisposeAsync()
    {
        for (var silo = 0; silo < _silos; silo++)
        {
            await Executable.TrySystemAsync("ip", "netns", "del", NameOf(silo));
        }

        await Executable.TrySystemAsync("ip", "link", "del", Bridge);
    }

    private async Task<string?> MakeAsync()
    {
        string[][] commands =
        [
            ["link", "add", Bridge, "type", "bridge"],
            ["addr", "add", $"{Host}/24", "dev", Bridge],
            ["link", "set", Bridge, "up"],
            .. Enumerable.Range(0, _silos).SelectMany(silo => new string[][]
            {
                ["netns", "add", NameOf(silo)],
                ["link", "add", LinkOf(silo), "type", "veth", "peer", "name", "eth0", "netns", NameOf(silo)],
                ["link", "set", LinkOf(silo), "master", Bridge, "up"],
                ["-n", NameOf(silo), "addr", "add", $"{AddressOf(silo)}/24", "dev", "eth0"],
                ["-n", NameOf(silo), "link", "set", "eth0", "up"],
                ["-n", NameOf(silo), "link", "set", "lo", "up"],
            }),
        ];
        foreach (var command in commands)
        {
            if (await Executable.TrySystemAsync("ip", command) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static async Task IpAsync(params string[] arguments) => Assert.Null(await Executable.TrySystemAsync("ip", arguments));

    private string NameOf(int silo) => $"clv{_number}-{silo}";

    private string LinkOf(int silo) => $"clv{_number}v{silo}";
}
