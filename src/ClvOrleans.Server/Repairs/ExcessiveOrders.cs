using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Server.Repairs;

/// <summary>
/// Finds orders that are worth more than any order should be, and cancels them: by an event that is appended to the customer's journal like
/// any other, so that nothing that was recorded is changed.
/// </summary>
internal sealed class ExcessiveOrders(OneStore store, ICustomerRows heads, IJournal journal, EventRouter router, TimeProvider time)
{
    /// <summary>The source of the events that cancel.</summary>
    public const string Source = "clv-repair";

    private const int AtOnce = 1_000;

    /// <summary>The orders that count and are worth more than an amount, a customer after the other.</summary>
    public async IAsyncEnumerable<ExcessiveOrder> FindAsync(Money above, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // An order that counts is part of what its customer has spent: nobody else has to be looked at.
        await foreach (var customer in heads.SpendersAsync(store.Settings.Id, above, cancellation))
        {
            var entries = await journal.ReadAsync(customer, 0, cancellation);
            foreach (var (id, order) in CustomerState.Fold(entries.Select(e => e.Event), store.Settings).Orders)
            {
                if (order.IsPurchase && order.Gross > above)
                {
                    yield return new ExcessiveOrder(customer, id, store.Settings.DayOf(order.Completed!.At), order.Gross);
                }
            }
        }
    }

    /// <summary>Cancels orders. <returns>How many were cancelled; the others had been before.</returns></summary>
    public async Task<int> CancelAsync(IReadOnlyCollection<ExcessiveOrder> orders)
    {
        var cancelled = 0;
        foreach (var some in orders.Chunk(AtOnce))
        {
            var outcomes = await router.RecordAsync([.. some.Select(o => new RoutedEvent(o.Customer, CancellationOf(o.OrderId)))]);
            cancelled += outcomes.Count(o => o.Kind == OutcomeKind.Recorded);
        }

        return cancelled;
    }

    private CustomerEvent CancellationOf(string order) => new()
    {
        MessageId = $"cancel:{order}",
        Source = Source,
        Kind = EventKind.OrderCancelled,
        At = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
        Order = new OrderFacts(order),
    };
}
