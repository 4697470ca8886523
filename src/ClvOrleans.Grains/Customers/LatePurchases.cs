using System.Collections.Immutable;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Orders that come to be known too late for what was decided for the customer: before a message leaves they stop it, after it has left
/// they mark it.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="customer">The customer.</param>
/// <param name="activatedAt">When the customer's grain was activated: another activation may have handed something over before.</param>
internal sealed class LatePurchases(IJournal journal, CustomerId customer, DateTimeOffset activatedAt)
{
    private DateTimeOffset _handedAt;

    /// <summary>Notes that something may be handed over now.</summary>
    public void HandedOver(DateTimeOffset at) => _handedAt = at;

    /// <summary>
    /// When the first of some orders was placed; null where neither this activation nor an earlier one can have handed anything over since,
    /// and no message has left since.
    /// </summary>
    public DateTimeOffset? FindFirst(
        CustomerFold fold, ImmutableArray<CustomerEvent> events, ImmutableArray<string> orders, bool hasPolicies)
    {
        if (orders.IsEmpty)
        {
            return null;
        }

        var first = events.Where(e => e.Kind == EventKind.OrderCompleted && orders.Contains(e.OrderId!)).Min(e => e.At);
        return (hasPolicies && first <= activatedAt) || first <= _handedAt || fold.State.Messages.Values.Any(m => first <= m.SentAt)
            ? first
            : null;
    }

    /// <summary>
    /// Whether an order has come after it was decided, whatever its time: also with an identity that was merged since. Of a customer who
    /// has become another there is no journal any more: then orders since that time count.
    /// </summary>
    public async Task<bool> HasBoughtSinceAsync(HandOver asked, CustomerFold fold)
    {
        if (asked.GoalAfter is not { } last || !fold.State.Orders.Values.Any(o => o.IsPurchase))
        {
            return false;
        }

        // Nearly always nothing has come since, and the journal, which may be long, is not read.
        var news = asked.Customer == customer && fold.Sequence == last
            ? []
            : (await journal.ReadAsync(asked.Customer, last)).Select(e => e.Event.OrderId).OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
        var since = fold.State.Orders
            .Where(o => o.Value.IsPurchase && (news.Contains(o.Key) || o.Value.Completed!.At >= asked.DecidedAt))
            .Select(o => o.Key).ToList();
        if (since.Count == 0)
        {
            return false;
        }

        var known = (await journal.ReadAsync(asked.Customer, 0))
            .Where(e => e.Sequence <= last && e.Event.Kind == EventKind.OrderCompleted).Select(e => e.Event.OrderId)
            .ToHashSet(StringComparer.Ordinal);
        return since.Exists(o => !known.Contains(o));
    }
}
