using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>What a customer did in a local calendar week with any activity.</summary>
/// <param name="Monday">The week's first day.</param>
/// <param name="Days">Days with activity, a bit each, the lowest for Monday.</param>
/// <param name="Sessions">Sessions: runs of active half hours.</param>
/// <param name="Orders">Orders completed, whatever became of them since.</param>
/// <param name="Duration">Time spent on pages, in milliseconds.</param>
/// <param name="Counts">Events by kind.</param>
[JsonConverter(typeof(ActiveWeekJsonConverter))]
public readonly record struct ActiveWeek(
    DateOnly Monday, int Days, int Sessions, int Orders = 0, long Duration = 0, KindCounts Counts = default)
{
    /// <summary>How many weeks are kept of a customer, the latest.</summary>
    public const int Most = 104;

    /// <summary>The last day with activity.</summary>
    public DateOnly LastDay => Monday.AddDays(BitOperations.Log2((uint)Days));

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The last day with activity that is not later than a day; null where there is none.</summary>
    public DateOnly? LastDayUntil(DateOnly day)
    {
        var until = Math.Min(day.DayNumber - Monday.DayNumber, 6);
        var days = until < 0 ? 0 : (uint)Days & ((2u << until) - 1);
        return days == 0 ? null : Monday.AddDays(BitOperations.Log2(days));
    }

    /// <summary>The latest <see cref="Most"/> active weeks of a customer, in order.</summary>
    internal static ImmutableArray<ActiveWeek> AllOf(CustomerState state, StoreSettings store)
    {
        var kept = state.Weeks.Skip(state.Weeks.Count - Most).ToArray();
        var mondays = Array.ConvertAll(kept, w => w.Key);
        Span<int> days = stackalloc int[kept.Length];
        Span<int> sessions = stackalloc int[kept.Length];
        Span<int> orders = stackalloc int[kept.Length];
        var w = 0;
        foreach (var (day, halfHours) in state.Visits)
        {
            while (w < mondays.Length && day.DayNumber >= mondays[w].DayNumber + 7)
            {
                w++;
            }

            if (w < mondays.Length && day >= mondays[w])
            {
                days[w] |= 1 << (day.DayNumber - mondays[w].DayNumber);
                sessions[w] += SessionsOf(halfHours);
            }
        }

        foreach (var order in state.Orders.Values)
        {
            if (order.Completed is { } completed && Array.BinarySearch(mondays, MondayOf(store.DayOf(completed.At))) is >= 0 and var week)
            {
                orders[week]++;
            }
        }

        var weeks = ImmutableArray.CreateBuilder<ActiveWeek>(kept.Length);
        for (var i = 0; i < kept.Length; i++)
        {
            var (monday, activity) = kept[i];
            weeks.Add(new ActiveWeek(monday, days[i], sessions[i], orders[i], activity.Duration, KindCounts.Of(activity.Counts)));
        }

        return weeks.MoveToImmutable();
    }

    /// <summary>Runs of active half hours of a day.</summary>
    internal static int SessionsOf(ulong halfHours) => BitOperations.PopCount(halfHours & ~(halfHours << 1));
}
