namespace ClvOrleans.Recommendations.Baskets;

/// <summary>
/// A customer's baskets, one a day: the live state of recommendations. Only integers in sorted order, so it is a function of the set of
/// orders, to the bit, in whatever order they came. How much an old basket counts is computed at reading. An order is added or taken back
/// in time proportional to its lines. The last <see cref="Most"/> days are kept; where an older one was dropped, an order cannot be taken
/// back from the state alone (<see cref="TryRemove"/>), and the caller folds the customer's orders again.
/// </summary>
public sealed class BasketHistory
{
    /// <summary>How many days with a purchase are kept: twice the baskets that weigh anything.</summary>
    public const int Most = 100;

    private readonly SortedList<int, SortedDictionary<string, BasketLine>> _days = [];
    private readonly SortedDictionary<string, int> _returned = new(StringComparer.Ordinal);

    /// <summary>Baskets by day number (<see cref="DateOnly.DayNumber"/>), the oldest first; products by id.</summary>
    public IReadOnlyList<KeyValuePair<int, SortedDictionary<string, BasketLine>>> Days => [.. _days];

    /// <summary>Products that were sent back, with the number of orders they came in.</summary>
    public IReadOnlyDictionary<string, int> Returned => _returned;

    /// <summary>Whether older baskets than these are known of.</summary>
    public bool IsTruncated { get; internal set; }

    internal SortedList<int, SortedDictionary<string, BasketLine>> Sorted => _days;

    internal SortedDictionary<string, int> Returns => _returned;

    /// <summary>All orders of a customer, in any order.</summary>
    public static BasketHistory Of(IEnumerable<OrderedProducts> orders)
    {
        var history = new BasketHistory();
        foreach (var order in orders)
        {
            history.Add(order);
        }

        return history;
    }

    /// <summary>Makes the baskets anew from all orders of the customer; what was sent back stays as it is.</summary>
    public void Renew(IEnumerable<OrderedProducts> orders)
    {
        _days.Clear();
        IsTruncated = false;
        foreach (var order in orders.Where(o => !o.IsReturned))
        {
            Add(order);
        }
    }

    /// <summary>Adds an order, of any day. The caller adds each once.</summary>
    public void Add(OrderedProducts order)
    {
        if (order.IsReturned)
        {
            foreach (var product in order.Units.Keys)
            {
                _returned[product] = _returned.GetValueOrDefault(product) + 1;
            }

            return;
        }

        var day = order.Day.DayNumber;
        if (!_days.TryGetValue(day, out var basket))
        {
            if (_days.Count == Most)
            {
                IsTruncated = true;
                if (day < _days.Keys[0])
                {
                    return;
                }

                _days.RemoveAt(0);
            }

            _days[day] = basket = new(StringComparer.Ordinal);
        }

        foreach (var (product, units) in order.Units)
        {
            var line = basket.GetValueOrDefault(product);
            basket[product] = new(line.Orders + 1, line.Units + units);
        }
    }

    /// <summary>
    /// Takes back an order that was added; false, and nothing is changed, where baskets were dropped that would now be needed.
    /// <exception cref="ArgumentException">The order was not added.</exception>
    /// </summary>
    public bool TryRemove(OrderedProducts order)
    {
        if (order.IsReturned)
        {
            RemoveReturned(order);
            return true;
        }

        if (IsTruncated)
        {
            return false;
        }

        var day = order.Day.DayNumber;
        var basket = _days.GetValueOrDefault(day);
        if (basket is null || order.Units.Any(u => basket.GetValueOrDefault(u.Key) is var l && (l.Orders < 1 || l.Units < u.Value)))
        {
            throw new ArgumentException($"The order of {order.Day:yyyy-MM-dd} was not added.", nameof(order));
        }

        foreach (var (product, units) in order.Units)
        {
            var line = basket[product];
            if (line.Orders == 1)
            {
                basket.Remove(product);
            }
            else
            {
                basket[product] = new(line.Orders - 1, line.Units - units);
            }
        }

        if (basket.Count == 0)
        {
            _days.Remove(day);
        }

        return true;
    }

    private void RemoveReturned(OrderedProducts order)
    {
        if (order.Units.Keys.Any(p => !_returned.ContainsKey(p)))
        {
            throw new ArgumentException($"The returned order of {order.Day:yyyy-MM-dd} was not added.", nameof(order));
        }

        foreach (var product in order.Units.Keys)
        {
            if (--_returned[product] == 0)
            {
                _returned.Remove(product);
            }
        }
    }
}
