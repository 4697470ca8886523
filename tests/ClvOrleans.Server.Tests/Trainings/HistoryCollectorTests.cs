using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Stores;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>The service itself, its silo and its journal.</summary>
public sealed class HistoryCollectorTests : IAsyncLifetime
{
    private static readonly Horizon Horizon = new(100);

    private readonly WebApplication _service =
        ClvHost.Build(new ProcessOptions(TemporaryFolder.New(), "http://127.0.0.1:0", Relaxed: true));

    private StoreSettings Store => Service<StoreDirectory>().First.Settings with { Horizon = Horizon };

    public ValueTask InitializeAsync() => new(_service.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task It_has_every_day_of_a_training_even_where_the_first_purchase_was_taken_back_since()
    {
        // As of the holdout's beginning and as of the end, the first purchase is another: the customer rows know of neither.
        await RecordAsync("ada", Order("x", 0), Order("y", 150), Order("x", 350, EventKind.OrderCancelled), Order("w", 500));
        await RecordAsync("ben", Order("z", 20), Order("v", 390), Order("z", 450, EventKind.OrderCancelled));
        await RecordAsync("cyd", Order("u", 60), Order("t", 250));
        var shards = 0;
        var collected = await Service<IStoreHistories>().CollectAsync(Store, Day(400), MarketCalendar.Empty, _ => shards++);

        var whole = StoreHistory.Of(await EventsAsync(), Store, Day(400));
        var cutoff = WindowRule.Holdout.In(HistorySpan.Assumed(Day(20), Day(400)), Horizon)[0].Cutoff;
        Assert.Equal((Day(20), Day(0), Day(300)), (collected.FirstPurchase, collected.Until(cutoff).FirstPurchase, cutoff));
        var days = ChampionTrainer.AsOfDays(whole.Span, Horizon, MarketCalendar.Empty);
        Assert.All(days, day => Assert.Equal(whole.Until(day).Buyers.Select(Written), collected.Until(day).Buyers.Select(Written)));
        Assert.Equal(["ada", "ben", "cyd"], collected.Buyers.Select(c => c.Id.Id));
        Assert.Equal(2 * UsualShards.Count, shards);
    }

    [Fact]
    public async Task The_journal_is_read_once_for_all_days_of_a_training_and_of_a_backtest()
    {
        await RecordAsync("ada", Order("x", 0), Order("y", 150), Order("y", 350, EventKind.OrderCancelled), Order("w", 500));
        await RecordAsync("ben", Order("z", 20), Order("v", 390));
        var (training, backtest) = (0, 0);
        var models = ForecastModels.Find([ForecastModels.Champion]);
        await Service<IStoreHistories>().CollectAsync(Store, Day(400), MarketCalendar.Empty, _ => training++);
        var (whole, cutoff) = await Service<IStoreHistories>()
            .CollectForBacktestAsync(Store, null, Day(400), models, new BacktestRules(), MarketCalendar.Empty, _ => backtest++);

        Assert.Equal((UsualShards.Count, UsualShards.Count), (training, backtest));
        Assert.Equal((Day(400), Day(300)), (whole.End, cutoff));
        Assert.NotNull(Backtest.Run(whole, cutoff, models).Rows[0].Score);
    }

    [Fact]
    public async Task A_store_without_purchases_is_a_history_of_nobody()
    {
        await RecordAsync("ada", Order("x", 0, EventKind.OrderUpdated));
        var collected = await Service<IStoreHistories>().CollectAsync(Store, Day(400), MarketCalendar.Empty);

        Assert.Empty(collected.Buyers);
        Assert.Equal(Day(400), collected.End);
        Assert.Empty(collected.Until(Day(400)).Customers);
    }

    [Fact]
    public async Task Without_an_end_it_goes_up_to_the_last_purchase()
    {
        await RecordAsync("ada", Order("x", 0), Order("y", 250, EventKind.OrderUpdated));
        await RecordAsync("ben", Order("z", 200));

        Assert.Equal(Day(200), (await Service<IStoreHistories>().CollectAsync(Store, null, MarketCalendar.Empty)).End);
    }

    private static DateOnly Day(int day) => new DateOnly(2024, 1, 1).AddDays(day);

    private static CustomerEvent Order(string order, int day, EventKind kind = EventKind.OrderCompleted) => new()
    {
        MessageId = $"{kind} {order}",
        Source = "test",
        Kind = kind,
        At = new DateTimeOffset(Day(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
        Order = new OrderFacts(order, kind == EventKind.OrderCompleted ? new Money(1_000 + day) : null),
    };

    private static string Written(AsOfSnapshot c) => c.Id + JsonSerializer.Serialize(c.Summary, DomainJson.Default.CustomerSummary);

    private async Task RecordAsync(string customer, params CustomerEvent[] events) =>
        await Service<EventRouter>().RecordAsync([.. events.Select(e => new RoutedEvent(CustomerId.OfUser(Store.Id, customer), e))]);

    private async Task<List<(CustomerId, CustomerEvent)>> EventsAsync()
    {
        var events = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            events.AddRange(await Service<IEventHistory>().ReadAsync(Store.Id, shard).ToListAsync());
        }

        return events;
    }

    private T Service<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();
}
