using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>
/// Solves on which day a watch of a customer turns if nothing happens: P(alive) falls through a bound, an order ages out of its window.
/// </summary>
/// <remarks>
/// Comparisons that are left for good once they are left (silence, windows, and P(alive) of models that never raise it in silence) are
/// solved by bisection over ten years. The others (predicted values with their seasons, P(alive) of an ensemble) are looked at day by day
/// for four weeks; a customer of whom nothing turns by then is looked at again on the day after. Neither finds less than a look at each
/// day would.
/// </remarks>
public static class WatchTurns
{
    /// <summary>How many days ahead what may go both ways is looked at.</summary>
    public const int DaysAhead = 28;

    /// <summary>How many days ahead what goes one way is solved.</summary>
    public const int MostDays = 3_650;

    /// <summary>
    /// The first later day on which a watch may turn; none turns before it. <see cref="DateOnly.MaxValue"/> where none ever turns.
    /// </summary>
    /// <param name="list">The watches.</param>
    /// <param name="state">How the customer stands, from which moves of the value are measured.</param>
    /// <param name="from">The day of the customer row.</param>
    /// <param name="fallsInSilence">Whether P(alive) of the model never rises while nothing happens.</param>
    /// <param name="on">The customer on a day, if nothing happens until then.</param>
    public static DateOnly Next(WatchList list, WatchState state, DateOnly from, bool fallsInSilence, Func<DateOnly, CustomerFacts> on)
    {
        if (!list.MovesWithTime)
        {
            return DateOnly.MaxValue;
        }

        var days = new Dictionary<DateOnly, CustomerFacts>();
        var now = list.Evaluate(On(from));
        var (oneWay, others) = (list.TurningPoints.Where(IsOneWay).ToArray(), list.TurningPoints.Where(t => !IsOneWay(t)).ToArray());
        var end = others.Length > 0 || !list.Values.IsEmpty ? DaysAhead : MostDays;
        for (var day = 0; ;)
        {
            if (NextSide(day) is not { } next)
            {
                return from.AddDays(end + 1);
            }

            if (HasTurned(next))
            {
                return from.AddDays(next);
            }

            day = next;
        }

        // Another model may solve farther: the day on which it is looked at again comes first.
        bool IsOneWay(TurningPoint<CustomerFacts> turn) =>
            turn.Path == TimePath.OneWay || (turn.Path == TimePath.WithAlive && fallsInSilence);

        CustomerFacts On(DateOnly day) => days.TryGetValue(day, out var known) ? known : days[day] = on(day);

        double Side(TurningPoint<CustomerFacts> turn, int day) => turn.Side(On(from.AddDays(day)));

        bool HasMoved(int day) => list.Values.Any(v => state.Find(v.Subject)?.Anchor is { } anchor
            && v.HasMoved(anchor, On(from.AddDays(day)).Contribution.Sums.Predicted));

        bool HasTurned(int day)
        {
            var facts = On(from.AddDays(day));
            return !list.Evaluate(facts).AsSpan().SequenceEqual(now.AsSpan()) || HasMoved(day);
        }

        // The first day after this one on which a comparison has another outcome; null where there is none until the end.
        int? NextSide(int day)
        {
            var first = end + 1;
            foreach (var turn in oneWay)
            {
                var side = Side(turn, day);
                var (same, other) = (day, Math.Min(first - 1, end));
                if (other <= day || Side(turn, other) == side)
                {
                    continue;
                }

                while (other - same > 1)
                {
                    var middle = (same + other) / 2;
                    (same, other) = Side(turn, middle) == side ? (middle, other) : (same, middle);
                }

                first = other;
            }

            if (others.Length > 0 || !list.Values.IsEmpty)
            {
                for (var later = day + 1; later < first; later++)
                {
                    if (others.Any(t => Side(t, later) != Side(t, day)) || HasMoved(later))
                    {
                        return later;
                    }
                }
            }

            return first <= end ? first : null;
        }
    }
}
