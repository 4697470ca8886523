using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// Purchases and behaviour by calendar week, as networks read them: orders and value of <see cref="CustomerSummary.PurchaseDays"/>, the
/// others of <see cref="CustomerSummary.WeeksAt"/>. Nothing later than the day is read, and nothing is allocated.
/// </summary>
public static class ActivitySeries
{
    /// <summary>The most steps of one customer: the latest.</summary>
    public const int MostSteps = ActiveWeek.Most;

    // Logarithms of amounts in minor units are near 8: with this they are of the order of 1, as those of counts are.
    private const float ValueScale = 1 / 8f;

    /// <summary>The numbers of a week, in order; all are 0 in a week without any activity.</summary>
    public static ImmutableArray<Channel> Channels { get; } =
    [
        new("orders", "ln(1 + n)", "Orders"),
        new("value", "ln(1 + minor units) / 8", "Value of the orders before refunds"),
        new("sessions", "ln(1 + n)", "Visits"),
        new("views", "ln(1 + n)", "Pages, screens, lists and products viewed"),
        new("cartAdds", "ln(1 + n)", "Products put into the cart"),
        new("checkouts", "ln(1 + n)", "Checkouts started"),
        new("searches", "ln(1 + n)", "Searches"),
        new("social", "ln(1 + n)", "Reviews written, products and carts shared"),
    ];

    /// <summary>The numbers of a step, in order: <see cref="Channels"/>, and the time since the step before.</summary>
    public static ImmutableArray<Channel> StepChannels { get; } = Channels.Add(
        new("gap", "ln(1 + weeks)", "Calendar weeks since the active week before; 0 for the first"));

    /// <summary>
    /// Writes the last calendar weeks, the oldest first and the week of the day last, <see cref="Channels"/> numbers each.
    /// </summary>
    /// <param name="customer">The customer; what is later than the day may be folded into the summary.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="weeks">How many weeks; at least 1.</param>
    /// <param name="series">Room for exactly <paramref name="weeks"/> × channels.</param>
    /// <exception cref="ArgumentException">The room is of another size.</exception>
    public static void WriteWeeks(CustomerSummary customer, DateOnly asOf, int weeks, Span<float> series)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        if (series.Length != weeks * Channels.Length)
        {
            throw new ArgumentException(
                $"{weeks} weeks of {Channels.Length} numbers do not fill room for {series.Length}.", nameof(series));
        }

        series.Clear();
        var last = ActiveWeek.MondayOf(asOf).DayNumber;
        var walk = new WeekWalk(customer, asOf);
        while (walk.MoveBack() && (last - walk.Monday) / 7 is var age && age < weeks)
        {
            walk.Write(series.Slice((weeks - 1 - age) * Channels.Length, Channels.Length));
        }
    }

    /// <summary>
    /// How many steps <see cref="WriteSteps"/> writes where there is room: one for each week with a purchase or other activity.
    /// </summary>
    public static int CountSteps(CustomerSummary customer, DateOnly asOf)
    {
        var walk = new WeekWalk(customer, asOf);
        var steps = 0;
        while (steps < MostSteps && walk.MoveBack())
        {
            steps++;
        }

        return steps;
    }

    /// <summary>
    /// Writes one step for each week with a purchase or other activity, the oldest first, <see cref="StepChannels"/> numbers each: the
    /// latest for which there is room, at most <see cref="MostSteps"/>. What is left of the room is zero.
    /// </summary>
    /// <param name="customer">The customer; what is later than the day may be folded into the summary.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="steps">Room for whole steps.</param>
    /// <returns>Number of steps written.</returns>
    /// <exception cref="ArgumentException">The room is not for whole steps.</exception>
    public static int WriteSteps(CustomerSummary customer, DateOnly asOf, Span<float> steps)
    {
        var width = StepChannels.Length;
        if (steps.Length % width != 0)
        {
            throw new ArgumentException($"Steps of {width} numbers do not fill room for {steps.Length}.", nameof(steps));
        }

        var count = Math.Min(CountSteps(customer, asOf), steps.Length / width);
        steps[(count * width)..].Clear();
        var walk = new WeekWalk(customer, asOf);
        walk.MoveBack();
        for (var i = count - 1; i >= 0; i--)
        {
            var step = steps.Slice(i * width, width);
            walk.Write(step);
            var monday = walk.Monday;
            step[^1] = walk.MoveBack() ? MathF.Log(1 + ((monday - walk.Monday) / 7)) : 0;
        }

        return count;
    }

    /// <summary>Goes back over the weeks with a purchase or other activity.</summary>
    private ref struct WeekWalk
    {
        private readonly ReadOnlySpan<PurchaseDay> _days;
        private readonly ReadOnlySpan<ActiveWeek> _weeks;
        private int _day;
        private int _week;
        private int _orders;
        private double _value;
        private bool _active;

        public WeekWalk(CustomerSummary customer, DateOnly asOf)
        {
            _days = customer.PurchaseDays.AsSpan();
            _weeks = customer.WeeksAt(asOf);
            (_day, _week) = (_days.Length - 1, _weeks.Length - 1);
            while (_day >= 0 && _days[_day].Day > asOf)
            {
                _day--;
            }
        }

        /// <summary>Day number of the week's Monday.</summary>
        public int Monday { get; private set; }

        public bool MoveBack()
        {
            _week -= _active ? 1 : 0;
            if (_day < 0 && _week < 0)
            {
                _active = false;
                return false;
            }

            var bought = _day < 0 ? int.MinValue : ActiveWeek.MondayOf(_days[_day].Day).DayNumber;
            var active = _week < 0 ? int.MinValue : _weeks[_week].Monday.DayNumber;
            Monday = Math.Max(bought, active);
            _active = active == Monday;
            (_orders, _value) = (0, 0);
            for (; _day >= 0 && _days[_day].Day.DayNumber >= Monday; _day--)
            {
                _orders += _days[_day].Orders;
                _value += (double)Int128.Max(0, _days[_day].Gross.Minor);
            }

            return true;
        }

        public readonly void Write(Span<float> numbers)
        {
            numbers[0] = Log(_orders);
            numbers[1] = (float)Math.Log(1 + _value) * ValueScale;
            if (!_active)
            {
                numbers[2..Channels.Length].Clear();
                return;
            }

            ref readonly var week = ref _weeks[_week];
            numbers[2] = Log(week.Sessions);
            numbers[3] = Log(week.Counts.Sum(Kinds.Views));
            numbers[4] = Log(week.Counts.Sum(Kinds.Carts));
            numbers[5] = Log(week.Counts.Sum(EventKind.CheckoutStarted));
            numbers[6] = Log(week.Counts.Sum(EventKind.ProductsSearched));
            numbers[7] = Log(week.Counts.Sum(Kinds.Social));
        }

        private static float Log(int count) => count == 0 ? 0 : MathF.Log(1 + count);
    }
}
