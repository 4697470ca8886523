using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Simulation;
using ClvOrleans.Storage;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Benchmarks.Gathering;

/// <summary>The journal of a simulated store of known customers, with all that they looked at.</summary>
internal sealed class SimulatedJournal : IStores, ICommitObserver, IAsyncDisposable
{
    internal static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _ports;
    private long _transactions;

    public SimulatedJournal(string path, bool fullySynchronous = false)
    {
        Store = SqliteStore.Open(new SqliteOptions { Path = path, FullySynchronous = fullySynchronous }, this);
        _ports = new ServiceCollection().AddSqliteStorage(Store).BuildServiceProvider();
    }

    public static StoreSettings Settings { get; } = new() { Id = new StoreId("shop") };

    public static DateOnly End => Settings.DayOf(Start.AddDays(730)).AddDays(-1);

    public SqliteStore Store { get; }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    public IJournal Journal => _ports.GetRequiredService<IJournal>();

    public IEventPacks Packs => _ports.GetRequiredService<IEventPacks>();

    public IEventHistory History => _ports.GetRequiredService<IEventHistory>();

    public IReadOnlyCollection<StoreSettings> All => [Settings];

    public StoreSettings Find(StoreId store) => Settings;

    public void OnCommitted(int writes, TimeSpan took) => Interlocked.Increment(ref _transactions);

    public async ValueTask DisposeAsync()
    {
        await _ports.DisposeAsync();
        await Store.DisposeAsync();
    }

    /// <summary>Writes it; returns the number of events.</summary>
    public async Task<int> WriteAsync(int customers)
    {
        var store = new SimulatedStore(new SimulatedStoreOptions { Start = Start, Days = 730, Customers = customers, Seed = 1 });
        var byCustomer = new Dictionary<CustomerId, List<CustomerEvent>>();
        foreach (var e in store.Events().TakeWhile(e => e.At < store.Options.End))
        {
            var id = e.UserId is { } user ? CustomerId.OfUser(Settings.Id, user) : CustomerId.OfVisitor(Settings.Id, e.AnonymousId!);
            if (!byCustomer.TryGetValue(id, out var list))
            {
                byCustomer[id] = list = [];
            }

            list.Add(Read(e));
        }

        await Parallel.ForEachAsync(byCustomer, async (c, cancelled) =>
            await Journal.AppendAsync(Commit(c.Key, [.. c.Value.DistinctBy(e => e.Key)]), cancelled));
        return byCustomer.Values.Sum(e => e.Count);
    }

    /// <summary>All events of a customer at once.</summary>
    internal static CustomerCommit Commit(CustomerId id, CustomerEvent[] events)
    {
        var summary = CustomerSummary.Of(CustomerState.Fold(events, Settings), Settings);
        var sums = default(SegmentSums) with { Customers = 1, Orders = summary.Orders };
        return new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [.. events],
            Row = new CustomerRow
            {
                Id = id,
                Sequence = events.Length,
                Summary = summary,
                Contribution = new Contribution(events.Length, End, 0, new SegmentCell(Lifecycle.New, 0), sums),
            },
        };
    }

    internal static CustomerEvent Read(SimulatedEvent e)
    {
        using var document = JsonDocument.Parse(e.ToJson());
        var batch = ReceivedBatch.Alone(document.RootElement);
        return EventReader.Read(
            document.RootElement, batch, Settings, "web", Start.AddYears(3),
            () => throw new InvalidOperationException("No message id.")).Event;
    }
}
