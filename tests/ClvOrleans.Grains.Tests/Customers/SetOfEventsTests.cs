using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>Invariants 2 and 3: what a store knows is a function of the set of its events.</summary>
public sealed class SetOfEventsTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Customers = 3;
    private static readonly StoreId Nowhere = new("nowhere");

    // Customer c has the browsers c and c + Customers; order o is placed by customer o modulo Customers, seen by the server or a browser.
    private static readonly Gen<RoutedEvent> AnyEvent =
        from number in Gen.Int[0, 400]
        from kind in Gen.Int[0, 6]
        from day in Gen.Int[0, 160]
        from minor in Gen.Long[1, 5_000]
        from browser in Gen.Int[0, (2 * Customers) - 1]
        from order in Gen.Int[0, 8]
        select EventOf(number, kind, day, minor, browser, order);

    private static readonly Gen<SendingSchedule> Schedule = SendingSchedule.Of(AnyEvent, 40);

    [Fact]
    public Task Any_order_any_batching_any_repetition_and_any_restart_give_the_same_bits() => Schedule.SampleAsync(
        async schedule =>
        {
            var (plain, wild) = (cluster.NewStore(), cluster.NewStore());
            await cluster.Router().RecordAsync([
                .. schedule.Sent.DistinctBy(e => e.Event.Key).OrderBy(e => e.Event.Key).Select(e => SendingSchedule.In(plain, e)),
            ]);
            await schedule.SendAsync(cluster, wild, Customers);
            for (var c = 0; c < Customers; c++)
            {
                Assert.Equal(await StateAsync(plain, c), await StateAsync(wild, c));
            }

            Assert.Equal(await SumsAsync(plain), await SumsAsync(wild));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public Task Packing_at_any_moment_and_up_to_any_day_changes_no_bit() => Schedule.SampleAsync(
        async schedule =>
        {
            var (plain, packed) = (cluster.NewStore(), cluster.NewStore());
            await cluster.Router().RecordAsync([
                .. schedule.Sent.DistinctBy(e => e.Event.Key).OrderBy(e => e.Event.Key).Select(e => SendingSchedule.In(plain, e)),
            ]);
            var packs = cluster.Service<IEventPacks>(0);
            await schedule.SendAsync(cluster, packed, Customers, async size =>
            {
                for (var b = 0; b < 2 * Customers; b++)
                {
                    await packs.PackAsync(CustomerId.OfUser(packed, $"c{b}"), Sent.Start.AddDays(20 * size), (_, _) => true);
                    await packs.PackAsync(CustomerId.OfVisitor(packed, $"b{b}"), Sent.Start.AddDays(20 * size), (_, _) => true);
                }
            });
            for (var c = 0; c < Customers; c++)
            {
                Assert.Equal(await StateAsync(plain, c), await StateAsync(packed, c));
            }

            Assert.Equal(await SumsAsync(plain), await SumsAsync(packed));
        },
        iter: 15,
        threads: 1);

    private static RoutedEvent EventOf(int number, int kind, int day, long minor, int browser, int order)
    {
        var message = $"m{number}";
        var visitor = CustomerId.OfVisitor(Nowhere, $"b{browser}");
        var customer = CustomerId.OfUser(Nowhere, $"c{browser % Customers}");
        var buyer = CustomerId.OfUser(Nowhere, $"c{order % Customers}");
        var window = CustomerId.OfVisitor(Nowhere, $"b{order % Customers}");
        return kind switch
        {
            0 => Sent.Page(visitor, message, day),
            1 => Sent.Identify(customer, visitor, message),
            2 => Sent.Order(buyer, $"o{order}", minor, day, message),
            3 => Sent.Order(window, $"o{order}", minor, day, message),
            4 => Sent.Refund(customer, $"o{order}", minor, message, day),
            5 => new RoutedEvent(
                customer, Sent.Event(message, EventKind.OrderUpdated, day) with { Order = new OrderFacts($"o{order}", new Money(minor)) }),
            _ => new RoutedEvent(customer, Sent.Event(message, EventKind.OrderCancelled, day) with { Order = new OrderFacts($"o{order}") }),
        };
    }

    // The bytes of a customer and, while they are not known to be the same person, of their browsers.
    private async Task<string> StateAsync(StoreId store, int c)
    {
        var states = new List<string>();
        foreach (var id in (CustomerId[])[
            CustomerId.OfUser(store, $"c{c}"), CustomerId.OfVisitor(store, $"b{c}"), CustomerId.OfVisitor(store, $"b{c + Customers}")
        ])
        {
            var view = await cluster.Grains.GetCustomer(id).ViewAsync(null);
            var events = (await cluster.Journal.ReadAsync(id, 0)).Select(e => e.Event);
            var state = CustomerState.Fold(events, AnyStore.SettingsOf(store));
            Assert.Equal(Text(CustomerSummary.Of(state, AnyStore.SettingsOf(store))), Text(view.Summary));
            states.Add($"{view.MovedTo?.ToText()} {view.Revision} {Convert.ToBase64String(state.ToBytes())}");
        }

        return string.Join('\n', states);
    }

    private static string Text(CustomerSummary summary) => JsonSerializer.Serialize(summary, DomainJson.Default.CustomerSummary);

    private async Task<ImmutableSortedDictionary<string, SegmentSums>> SumsAsync(StoreId store) =>
        (await cluster.Rows.SumAsync(store)).ToImmutableSortedDictionary(s => s.Key.ToString(), s => s.Value);
}
