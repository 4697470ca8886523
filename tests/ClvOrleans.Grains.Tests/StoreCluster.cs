using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Tests.Trainings;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace ClvOrleans.Grains.Tests;

/// <summary>
/// Silos over one real journal, by default SQLite's, with a clock that stands still until it is set. Each store id is a store of its own.
/// </summary>
public class StoreCluster : IAsyncLifetime
{
    /// <summary>How long a test waits for a run before it looks again: a run may be held up by the test itself.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(2);

    private readonly SqliteOptions _options;
    private CustomerOptions _customers;
    private InProcessTestCluster _cluster = null!;
    private SqliteStore? _store;
    private ClusterStorage _storage = null!;
    private int _stores;

    public StoreCluster()
        : this(new SqliteOptions { Path = "", FullySynchronous = false })
    {
    }

    protected StoreCluster(SqliteOptions options, CustomerOptions? customers = null)
    {
        _options = options.Path.Length > 0 ? options : options with { Path = Path.Combine(TemporaryFolder.New(), "clv.db") };
        _customers = customers ?? new CustomerOptions();
    }

    /// <summary>What goes wrong with the storage of the grains; the tests' own <see cref="Journal"/> is spared.</summary>
    public Faults Faults { get; } = new();

    /// <summary>What the silos' logs say of snapshots.</summary>
    public HeldLog<SnapshotStorage> SnapshotLog { get; } = new();

    /// <summary>Where the journal is.</summary>
    public string JournalPath => _options.Path;

    public MovedClock Time { get; } = new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));

    public IJournal Journal { get; private set; } = null!;

    public ICustomerRows Rows { get; private set; } = null!;

    public IModelRegistry Registry { get; private set; } = null!;

    public IStoreStamps Stamps { get; private set; } = null!;

    public IJobRecords Records { get; private set; } = null!;

    public IPredictions Predictions { get; private set; } = null!;

    internal HeldHistory History { get; private set; } = null!;

    /// <summary>What trainings learn from.</summary>
    internal HeldHistories Histories { get; private set; } = null!;

    public SqliteDatabase Snapshots => _store!.Snapshots;

    /// <summary>A connection to the journal's file, behind the back of everyone.</summary>
    public SqliteConnection OpenJournal() => _store!.Journal.Open();

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public InProcessTestCluster Cluster => _cluster;

    /// <summary>The client's factory: it reaches the grains wherever they are.</summary>
    public IGrainFactory Grains => _cluster.Client;

    public StoreId NewStore() => new($"s{Interlocked.Increment(ref _stores)}");

    /// <summary>A store that was made with a number of shards.</summary>
    public async Task<StoreId> NewStoreAsync(int shards)
    {
        var (records, store) = (Service<IStoreRecords>(0), new StoreId($"shards-{shards}-{Interlocked.Increment(ref _stores)}"));
        var record = StoreRecord.Of(store) with { At = Time.GetUtcNow(), Shards = new ShardCount(shards) };
        var revision = (await records.ReadAsync()).Revision;
        Assert.Equal(StoreChange.Kept, await records.TryPutAsync(record, StoreStamp.Of(AnyStore.SettingsOf(store)), revision));
        return store;
    }

    public T Service<T>(int silo)
        where T : notnull => _cluster.GetSiloServiceProvider(_cluster.Silos[silo].SiloAddress).GetRequiredService<T>();

    /// <summary>The router of a silo.</summary>
    public EventRouter Router(int silo = 0) => Service<EventRouter>(silo);

    /// <summary>Who a customer has become; null while they are themselves.</summary>
    public async Task<CustomerId?> FindSuccessorAsync(CustomerId customer) => (await Journal.FindTipAsync(customer)).MovedTo;

    public Task DeactivateAsync(CustomerId customer) => _cluster.DeactivateAsync((IAddressable)Grains.GetCustomer(customer));

    /// <summary>The silos that read the shards of a store for its last training; null for one that is not active.</summary>
    public async Task<SiloAddress?[]> HostsOfTrainingAsync(StoreId store)
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        return await Task.WhenAll(Enumerable.Range(0, UsualShards.Count)
            .Select(async shard => await management.GetActivationAddress((IAddressable)Grains.GetTrainingShard(store, shard))));
    }

    /// <summary>The customer's grain on every silo where it is active.</summary>
    public async Task<int> CountActivationsAsync(CustomerId customer)
    {
        var grain = Grains.GetCustomer(customer).GetGrainId();
        var all = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(hostsIds: [.. Silos.Select(s => s.SiloAddress)]);
        return all.Count(g => g.GrainId == grain);
    }

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Ends all silos and starts new ones over the same files.</summary>
    public async Task RestartAsync(CustomerOptions customers)
    {
        await StopAsync();
        _customers = customers;
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
    }

    /// <summary>What else a silo has, in place of what is usual.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Opens what the silos share.</summary>
    private protected virtual Task<ClusterStorage> OpenStorageAsync()
    {
        var store = _store = SqliteStore.Open(_options);
        return Task.FromResult(new ClusterStorage(
            store,
            services => services.AddSqliteStorage(store),
            silo => silo.AddAdoNetGrainStorageAsDefault(
                o => (o.Invariant, o.DataSource, o.DeleteStateOnClear) = ("System.Data.SQLite", store.Snapshots, true))));
    }

    private async Task StartAsync()
    {
        _storage = await OpenStorageAsync();
        var opened = new ServiceCollection();
        _storage.AddPorts(opened);
        await using var ports = opened.BuildServiceProvider();
        Journal = ports.GetRequiredService<IJournal>();
        Rows = ports.GetRequiredService<ICustomerRows>();
        Registry = ports.GetRequiredService<IModelRegistry>();
        Stamps = ports.GetRequiredService<IStoreStamps>();
        Records = ports.GetRequiredService<IJobRecords>();
        Predictions = ports.GetRequiredService<IPredictions>();
        History = new HeldHistory(ports.GetRequiredService<IEventHistory>());
        Histories = new HeldHistories(History, Time);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            _storage.AddSnapshots(silo);
            silo.ConfigureServices(_storage.AddPorts);
            silo.ConfigureServices(services => services
                    .AddSingleton<TimeProvider>(Time)
                    .UseTimeProviderForBackgroundAreas(TimeProvider.System)
                    .AddSingleton<IStores>(new AnyStore())
                    .AddSingleton(Faults.Wrap(Journal))
                    .AddSingleton(Faults.Wrap(Rows))
                    .AddSingleton(s => Faults.Wrap(s.GetRequiredKeyedService<IGrainStorage>("Default")))
                    .AddSingleton(Options.Create(_customers))
                    .AddSingleton<IEventHistory>(History)
                    .AddSingleton<IStoreHistories>(Histories)
                    .AddSingleton<ILogger<SnapshotStorage>>(SnapshotLog)
                    .AddClvGrains()
                    .AddSingleton<IChampions>(s => Faults.Wrap<IChampions>(s.GetRequiredService<ChampionHost>())));
            silo.ConfigureServices(Configure);
        });
        builder.ConfigureClient(client => client.Services.AddClvMessages());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task StopAsync()
    {
        await _cluster.DisposeAsync();
        await _storage.Store.DisposeAsync();
    }
}
