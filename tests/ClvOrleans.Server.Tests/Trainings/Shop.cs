using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>A store on a journal of its own, with a clock that stands still until it is set: 2026-06-15, 12:00 in New York.</summary>
internal sealed class Shop : IHostApplicationLifetime, IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly ServiceProvider _ports;
    private readonly CancellationTokenSource _stopping = new();
    private int _customers;

    public Shop()
    {
        _store = SqliteStore.Open(Directory.CreateTempSubdirectory("clv-").FullName, fullySynchronous: false);
        _ports = new ServiceCollection().AddSqliteStorage(_store).BuildServiceProvider();
        Rows = _ports.GetRequiredService<ICustomerRows>();
        Histories = new HeldHistories(_ports.GetRequiredService<IEventHistory>(), () => Today);
        Registry = _ports.GetRequiredService<IModelRegistry>();
        Markets = _ports.GetRequiredService<IMarketEntries>();
        Champions = new ChampionHost(Registry, Store, Options.Create(new ChampionOptions()), Time, NullLogger<ChampionHost>.Instance);
        Predictions = _ports.GetRequiredService<IPredictions>();
        Jobs = NewRunner();
        Job = new TrainingJob(Store, Jobs, Histories, Registry, Markets, Champions, Time);
        Watch = new DriftWatch(Store, Jobs, Rows, Registry, Markets, Predictions, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero));

    public OneStore Store { get; } = new(
        new StoreSettings { Id = new StoreId("shop"), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") },
        new Dictionary<string, string>(),
        []);

    public StoreId Id => Store.Settings.Id;

    public SqliteDatabase Database => _store.Journal;

    public ICustomerRows Rows { get; }

    public HeldHistories Histories { get; }

    public IModelRegistry Registry { get; }

    public IMarketEntries Markets { get; }

    public ChampionHost Champions { get; }

    public IPredictions Predictions { get; }

    public ClvTelemetry Telemetry { get; } = new();

    public HeldLog<FailureLog> Failures { get; } = new();

    public JobRunner Jobs { get; }

    public TrainingJob Job { get; }

    public DriftWatch Watch { get; }

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public DateOnly Today => Store.Settings.DayOf(Time.GetUtcNow());

    public JobRunner NewRunner() => new(Store, _ports.GetRequiredService<IJobRecords>(), new FailureLog(Time, Failures), Telemetry, Time, this);

    public void StopApplication() => _stopping.Cancel();

    /// <summary>Adds customers who buy with rates of their own between two days and drop out after one purchase in ten.</summary>
    public async Task AddBuyersAsync(int count, DateOnly from, DateOnly until, int seed = 9, int spend = 5_000)
    {
        var random = new Random(seed);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => AddAsync(Days(random, from, until, spend))));
    }

    /// <summary>Adds a customer with an order on each of these days.</summary>
    public Task AddAsync(IEnumerable<(DateOnly Day, Money Value)> days)
    {
        var id = CustomerId.OfUser(Id, $"c{_customers++}");
        CustomerEvent[] events = [.. days.Select(d => new CustomerEvent
        {
            MessageId = $"{id.Id}-{d.Day:yyyyMMdd}",
            Source = "web",
            Kind = EventKind.OrderCompleted,
            At = new DateTimeOffset(d.Day.ToDateTime(new TimeOnly(16, 0)), TimeSpan.Zero),
            Order = new OrderFacts($"{id.Id}-{d.Day:yyyyMMdd}", d.Value),
        })];
        var summary = CustomerSummary.Of(CustomerState.Fold(events, Store.Settings), Store.Settings);
        return _ports.GetRequiredService<IJournal>().AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [.. events],
            Row = new CustomerRow
            {
                Id = id,
                Sequence = events.Length,
                Summary = summary,
                Contribution = new Contribution(
                    events.Length, Today, 0, new SegmentCell(Lifecycle.Active, 1), new SegmentSums { Customers = 1, Orders = summary.Orders }),
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _ports.DisposeAsync();
        await _store.DisposeAsync();
        Champions.Dispose();
        _stopping.Dispose();
    }

    private static List<(DateOnly Day, Money Value)> Days(Random random, DateOnly from, DateOnly until, int spend)
    {
        var rate = .08 * Math.Pow(random.NextDouble(), 2);
        var days = new List<(DateOnly, Money)>();
        for (var day = from.AddDays(random.Next(90)); day <= until; day = day.AddDays(1 + (int)Math.Min(10_000, -Math.Log(1 - random.NextDouble()) / rate)))
        {
            days.Add((day, new Money(random.Next(spend / 5, spend * 9 / 5))));
            if (random.NextDouble() < .1)
            {
                break;
            }
        }

        return days;
    }
}
