using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Grains.Tests.Models;

/// <summary>A registry that cannot be read, and models that cannot be opened, end nothing and are told once.</summary>
public sealed class FailingRegistryTests : IAsyncDisposable
{
    private static readonly StoreId Store = AnyStore.WithChampions;
    private readonly FakeTimeProvider _time = new();
    private readonly Faults _faults = new();
    private readonly LogOfLevels _log = new();
    private readonly SqliteWriter _writer;
    private readonly IModelRegistry _registry;
    private readonly ChampionHost _host;

    public FailingRegistryTests()
    {
        var options = new SqliteOptions { Path = Path.Combine(TemporaryFolder.New(), "clv.db"), FullySynchronous = false };
        var database = new SqliteDatabase(options);
        _writer = new SqliteWriter(database, options);
        _registry = _faults.Wrap<IModelRegistry>(new SqlRegistry(new SqliteSqlDatabase(database, _writer)));
        _host = new ChampionHost(_registry, new AnyStore(), Options.Create(new ChampionOptions()), _time, _log);
    }

    private ChampionModel Champion => _host.Find(Store);

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _writer.DisposeAsync();
    }

    [Fact]
    public async Task A_registry_that_fails_leaves_the_champion_in_force_and_is_logged_once_until_it_answers_again()
    {
        await PromoteAsync(VersionOf("first"));
        await _host.RefreshAsync(CancellationToken.None);
        _faults.Always("IModelRegistry.PromotionsAsync", new Fault(FaultKind.Fail));
        for (var i = 0; i < 5; i++)
        {
            await _host.RefreshAsync(CancellationToken.None);
        }

        Assert.Equal(("first", 1), (Champion.Model.Version.Id, Champion.Generation));
        Assert.Contains("cannot be read", Champion.Problem, StringComparison.Ordinal);
        Assert.Equal([LogLevel.Error], _log.Levels);

        _faults.Stop();
        await _host.RefreshAsync(CancellationToken.None);
        Assert.Null(Champion.Problem);
        Assert.Equal([LogLevel.Error, LogLevel.Warning], _log.Levels);
    }

    [Fact]
    public async Task The_poll_survives_failures_and_finds_the_next_champion()
    {
        _faults.Always("IModelRegistry.PromotionsAsync", new Fault(FaultKind.Fail));
        await StartAsync();
        await UntilAsync(() => Champion.Problem is not null);
        _faults.Stop();
        await PromoteAsync(VersionOf("first"));
        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => Champion.Generation == 1);
        Assert.False(_host.ExecuteTask!.IsCompleted);
        await _host.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("no body")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"lifetime":{"knd":1},"value":[]}""")]
    [InlineData("\0\u0001garbage")]
    public async Task A_service_starts_with_a_champion_that_cannot_be_opened_on_the_one_before_it_or_the_prior(string body)
    {
        await PromoteAsync(VersionOf("damaged") with { Family = StackedModel.Family, Body = System.Text.Encoding.UTF8.GetBytes(body) });
        await _host.RefreshAsync(CancellationToken.None);
        Assert.Equal(("prior", 0), (Champion.Model.Version.Id, Champion.Generation));
        Assert.Contains("damaged", Champion.Problem, StringComparison.Ordinal);

        // A service that starts when there was one before goes on with that.
        await PromoteAsync(VersionOf("first"));
        await PromoteAsync(VersionOf("worse") with { Family = StackedModel.Family });
        using var started = new ChampionHost(_registry, new AnyStore(), Options.Create(new ChampionOptions()), _time, _log);
        await started.RefreshAsync(CancellationToken.None);
        Assert.Equal(("first", 2), (started.Find(Store).Model.Version.Id, started.Find(Store).Generation));
        Assert.Contains("worse", started.Find(Store).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_that_cannot_be_opened_is_tried_again_after_pauses_that_grow_and_a_newer_one_at_once()
    {
        await PromoteAsync(VersionOf("damaged") with { Family = StackedModel.Family });
        await StartAsync();
        for (var i = 0; i < 60; i++)
        {
            var polls = Polls;
            _time.Advance(TimeSpan.FromSeconds(5));
            await UntilAsync(() => Polls > polls);
        }

        // At 0, 5, 15, 35, 75 and 155 s of the 300.
        Assert.InRange(_faults.Calls["IModelRegistry.FindAsync"], 5, 7);
        Assert.Single(_log.Levels);
        await PromoteAsync(VersionOf("first"));
        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => Champion.Model.Version.Id == "first");
        Assert.Null(Champion.Problem);
        await _host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_older_champion_that_is_slow_to_open_does_not_replace_a_newer_one()
    {
        var gate = new TaskCompletionSource();
        await PromoteAsync(VersionOf("first"));
        _faults.Next("IModelRegistry.FindAsync", 1, new Fault(FaultKind.Delay, Gate: gate.Task));
        var slow = _host.RefreshAsync(CancellationToken.None);
        await PromoteAsync(VersionOf("second"));
        var quick = _host.RefreshAsync(CancellationToken.None);
        gate.SetResult();
        await Task.WhenAll(slow, quick);
        Assert.Equal(("second", 2), (Champion.Model.Version.Id, Champion.Generation));
    }

    private int Polls => _faults.Calls.GetValueOrDefault("IModelRegistry.PromotionsAsync");

    // The host makes its timer when it comes to it: until then, time that passes is not seen.
    private async Task StartAsync()
    {
        await _host.StartAsync(CancellationToken.None);
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return Polls > 0;
        });
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Pause.ShortAsync();
        }
    }

    private static ModelVersion VersionOf(string id) => new()
    {
        Id = id,
        Family = "pareto-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", 1).Add("alpha", 10).Add("s", 1).Add("beta", 10),
        MeanSpend = 1_000,
    };

    private async Task PromoteAsync(ModelVersion version)
    {
        await _registry.AddAsync(Store, version);
        await _registry.PromoteAsync(Store, version.Id, _time.GetUtcNow());
    }

    private sealed class LogOfLevels : ILogger<ChampionHost>
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Levels.Add(logLevel);
    }
}
