namespace ClvOrleans.Training.Histories;

/// <summary>
/// The days of a store that can be learned from: from the first purchase to the end. Windows are laid out within it, so that fits can
/// say as of which days they will ask for customers before any is there.
/// </summary>
/// <remarks>
/// The first purchase is another as of another day where an order was cancelled in between: a backtest must not lay out its windows by
/// what it cannot know. A history tells it as of each day that it answers for; before there is one, it is assumed to be the same as of
/// all days.
/// </remarks>
public sealed class HistorySpan
{
    private readonly Func<DateOnly, DateOnly?> _beginAsOf;
    private readonly Lazy<DateOnly> _begin;

    private HistorySpan(Func<DateOnly> begin, DateOnly end, Func<DateOnly, DateOnly?> beginAsOf) =>
        (_begin, End, _beginAsOf) = (new Lazy<DateOnly>(begin), end, beginAsOf);

    /// <summary>
    /// Day of the first purchase of anyone with a paid order, as known at the <see cref="End"/>; the end itself where there is none.
    /// </summary>
    public DateOnly Begin => _begin.Value;

    /// <summary>The last day.</summary>
    public DateOnly End { get; }

    /// <summary>Days from the first to the last; negative where it ends before it begins.</summary>
    public int Days => End.DayNumber - Begin.DayNumber;

    /// <summary>A span of which no more is known than these days.</summary>
    public static HistorySpan Assumed(DateOnly begin, DateOnly end) => new(() => begin, end, _ => null);

    /// <summary>The span as of the end of an earlier day.</summary>
    public HistorySpan Until(DateOnly day) => new(() => _beginAsOf(day) ?? Begin, day, _beginAsOf);

    internal static HistorySpan Of(StoreHistory history) =>
        new(() => BeginOf(history), history.End, day => history.Knows(day) ? BeginOf(history.Until(day)) : null);

    private static DateOnly BeginOf(StoreHistory history) => history.Buyers.IsEmpty ? history.End : history.FirstPurchase;
}
