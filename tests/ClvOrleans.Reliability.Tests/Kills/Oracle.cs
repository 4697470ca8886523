namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>
/// What the documentation says that a set of events comes to, written without a line of the service: an order is its earliest completion,
/// its latest update, any cancellation and all its refunds, and belongs to the person who bought, under whichever of their ids.
/// </summary>
internal static class Oracle
{
    public static IReadOnlyDictionary<int, Figures> Fold(IReadOnlyCollection<TestEvent> events)
    {
        var orders = events.Where(e => e.Order is not null).GroupBy(e => e.Order!).Select(o => o.ToArray()).ToArray();
        var placed = orders.Where(o => o.Any(e => e.What == Happening.Completed)).ToArray();
        var counted = events.Where(e => e.Order is null).Concat(placed.SelectMany(o => o))
            .GroupBy(e => e.Order is null ? e.Person : e.Buyer);
        return counted.ToDictionary(p => p.Key, p => Fold([.. p], [.. placed.Where(o => o[0].Buyer == p.Key)]));
    }

    private static Figures Fold(TestEvent[] events, TestEvent[][] orders)
    {
        var (count, gross, net) = (0, 0L, 0L);
        foreach (var order in orders)
        {
            if (ValueOf(order) is var (value, refunded) && (value == 0 || refunded < value))
            {
                (count, gross, net) = (count + 1, gross + value, net + value - refunded);
            }
        }

        return new Figures(
            count, gross, net, events.Length, events.Count(e => e.What == Happening.Viewed), events.Count(e => e.What == Happening.Paged),
            DateOnly.FromDateTime(events.Min(e => e.At).UtcDateTime), DateOnly.FromDateTime(events.Max(e => e.At).UtcDateTime),
            InOrder(events.Where(e => e.Plan is not null)).LastOrDefault()?.Plan);
    }

    // Value and refunds of an order that is a purchase; null where it was cancelled or given back as a whole.
    private static (long Value, long Refunded)? ValueOf(TestEvent[] order)
    {
        var refunds = order.Where(e => e.What == Happening.Refunded).Select(e => e.Cents).ToArray();
        if (order.Any(e => e.What == Happening.Cancelled) || refunds.Contains(null))
        {
            return null;
        }

        var completed = InOrder(order.Where(e => e.What == Happening.Completed)).First();
        var updated = InOrder(order.Where(e => e.What == Happening.Updated)).LastOrDefault();
        var value = updated?.Cents is { } newer && updated.At >= completed.At ? newer : completed.Cents!.Value;
        return (value, Math.Min(value, refunds.Sum(r => Math.Min(value, r!.Value))));
    }

    private static IOrderedEnumerable<TestEvent> InOrder(IEnumerable<TestEvent> events) =>
        events.OrderBy(e => e.At).ThenBy(e => e.Id, StringComparer.Ordinal);
}
