using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// What models read of a customer: purchase days, and counts of what else happened. Kept in the customer row, so that estimates need no
/// journal.
/// </summary>
public sealed record CustomerSummary
{
    private static readonly ImmutableSortedDictionary<string, string> NoTraits =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static readonly ImmutableSortedSet<string> NoLists = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Purchase days, in order.</summary>
    public ImmutableArray<PurchaseDay> PurchaseDays { get; init; } = [];

    /// <summary>Sum of credit notes that name no order.</summary>
    public Money Credits { get; init; }

    /// <summary>Local day of the first event.</summary>
    public DateOnly FirstSeen { get; init; }

    /// <summary>Local day of the latest event.</summary>
    public DateOnly LastSeen { get; init; }

    /// <summary>Events by kind, over all time.</summary>
    public ImmutableSortedDictionary<EventKind, int> Counts { get; init; } = ImmutableSortedDictionary<EventKind, int>.Empty;

    /// <summary>Sessions: runs of active half hours.</summary>
    public int Sessions { get; init; }

    /// <summary>Time spent on pages, in milliseconds.</summary>
    public long Duration { get; init; }

    /// <summary>Mean rating given, in hundredths; null where none was given.</summary>
    public int? MeanRating { get; init; }

    /// <summary>The last rating given, in hundredths; null where none was given, and in a row of an earlier version.</summary>
    public int? LastRating { get; init; }

    /// <summary>Refunds received, by orders.</summary>
    public int RefundedOrders { get; init; }

    /// <summary>Orders with a coupon.</summary>
    public int CouponOrders { get; init; }

    /// <summary>Sum of discounts received.</summary>
    public Money Discounts { get; init; }

    /// <summary>Number of distinct categories of products seen or bought.</summary>
    public int Categories { get; init; }

    /// <summary>Number of distinct products bought.</summary>
    public int Products { get; init; }

    /// <summary>The latest active weeks, at most <see cref="ActiveWeek.Most"/>, in order; empty in a row of an earlier version.</summary>
    public ImmutableArray<ActiveWeek> Weeks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The categories bought, at most <see cref="CategorySpend.Most"/>, by name; empty in a row of an earlier version.</summary>
    public ImmutableArray<CategorySpend> Bought { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The customer's last word on each purpose; see <see cref="Customers.Consents"/> for what a missing one means.</summary>
    public ImmutableSortedDictionary<string, Consent> Consents { get; init => field = value ?? Customers.Consents.None; } =
        Customers.Consents.None;

    /// <summary>The lists that the customer is on, by name.</summary>
    public ImmutableSortedSet<string> Lists { get; init => field = value ?? NoLists; } = NoLists;

    /// <summary>The traits of <see cref="TraitNames"/> as they were last said; empty in a row of an earlier version.</summary>
    public ImmutableSortedDictionary<string, string> Traits { get; init => field = value ?? NoTraits; } = NoTraits;

    /// <summary>What last happened to messages, by channel; null where none was sent.</summary>
    public ImmutableSortedDictionary<string, ChannelMessages>? Messages { get; init; }

    /// <summary>
    /// Campaign of the earliest event that named one (source / medium / name); null where none did, and in a row of an earlier version.
    /// </summary>
    public string? FirstCampaign { get; init; }

    /// <summary>
    /// Of the first order that counts, the product on which most was spent, the first by id among equals; null where the order names none,
    /// and in a row of an earlier version.
    /// </summary>
    public string? FirstProduct { get; init; }

    /// <summary>Source and medium of the first campaign; null where there is none.</summary>
    [JsonIgnore]
    public string? AcquisitionChannel => FirstCampaign is { } campaign ? string.Join(" / ", campaign.Split(" / ").Take(2)) : null;

    /// <summary>Value of all purchases after refunds and credit notes; never below zero.</summary>
    [JsonIgnore]
    public Money Net => Money.Max(Money.Zero, Sum(d => d.Net) - Credits);

    /// <summary>Value of all purchases before refunds.</summary>
    [JsonIgnore]
    public Money Gross => Sum(d => d.Gross);

    /// <summary>Number of orders that count.</summary>
    [JsonIgnore]
    public int Orders => PurchaseDays.Sum(d => d.Orders);

    /// <summary>The margin kept: of purchases, less the store's share of the credit notes.</summary>
    public Money MarginAt(int marginBasisPoints) => Sum(d => d.Margin) - Money.Min(Credits, Sum(d => d.Net)).Share(marginBasisPoints);

    /// <summary>
    /// The day of the customer's estimate: today, or the day of their latest event where a clock that was put back makes that the later
    /// one, so that no purchase is left out.
    /// </summary>
    public DateOnly DayToEstimate(DateOnly today) => LastSeen > today ? LastSeen : today;

    /// <summary>
    /// x, t_x and T in weeks as of a day, purchases after it ignored; null before the first purchase. The first purchase starts the
    /// clock; T is measured to the day itself.
    /// </summary>
    public PurchaseHistory? HistoryAt(DateOnly day)
    {
        if (PurchaseDays.Length == 0 || PurchaseDays[0].Day > day)
        {
            return null;
        }

        var first = PurchaseDays[0].Day.DayNumber;
        var (repeats, last, gaps) = (0, first, 0.0);
        for (var i = 1; i < PurchaseDays.Length && PurchaseDays[i].Day <= day; i++)
        {
            gaps += Math.Log((PurchaseDays[i].Day.DayNumber - last) / 7.0);
            (repeats, last) = (i, PurchaseDays[i].Day.DayNumber);
        }

        return new PurchaseHistory(repeats, (last - first) / 7.0, (day.DayNumber - first) / 7.0, gaps);
    }

    /// <summary>
    /// Mean net value of the paid repeat purchase days up to a day, in minor units, and their number (Gamma-Gamma's m and x).
    /// </summary>
    public (double Mean, int Count) RepeatSpendAt(DateOnly day)
    {
        Int128 sum = 0;
        var count = 0;
        for (var i = 1; i < PurchaseDays.Length && PurchaseDays[i].Day <= day; i++)
        {
            if (PurchaseDays[i].Net > Money.Zero)
            {
                sum += PurchaseDays[i].Net.Minor;
                count++;
            }
        }

        return (count == 0 ? 0 : (double)sum / count, count);
    }

    /// <summary>
    /// The active weeks as of the end of a day. A week that also has activity after the day is left out, since its counts cannot be parted:
    /// as of a Sunday nothing is lost.
    /// </summary>
    public ReadOnlySpan<ActiveWeek> WeeksAt(DateOnly day)
    {
        var count = Weeks.Length;
        while (count > 0 && Weeks.ItemRef(count - 1).LastDay > day)
        {
            count--;
        }

        return Weeks.AsSpan(0, count);
    }

    /// <summary>
    /// The summary without what it can tell to be later than a day; itself where nothing is. Purchase days and weeks
    /// (<see cref="WeeksAt"/>) end there, what later weeks counted is taken off <see cref="Sessions"/>, <see cref="Duration"/> and the
    /// <see cref="KindCounts.Kinds"/> of <see cref="Counts"/>, and the customer was last seen on the last day that is known to be active.
    /// </summary>
    /// <remarks>
    /// This is not the <see cref="AsOfSnapshot"/>, which takes the events. It serves where only the summaries of today are read: models
    /// that are asked about an earlier day than the summary's last, as the check for drift asks them of all buyers every day. What a
    /// summary cannot tell stays: credits, ratings, refunded and coupon orders, discounts, categories and products are those of
    /// all time, and later refunds, updates and cancellations stay in the purchase days that they changed.
    /// </remarks>
    public CustomerSummary WithoutLater(DateOnly day)
    {
        var known = WeeksAt(day).Length;
        if (LastSeen <= day && known == Weeks.Length && (PurchaseDays.IsEmpty || PurchaseDays[^1].Day <= day))
        {
            return this;
        }

        var bought = PurchaseDays.Length;
        while (bought > 0 && PurchaseDays[bought - 1].Day > day)
        {
            bought--;
        }

        var first = FirstSeen < day ? FirstSeen : day;
        var last = bought > 0 && PurchaseDays[bought - 1].Day > first ? PurchaseDays[bought - 1].Day : first;
        var (sessions, duration, counts) = (Sessions, Duration, Counts.ToBuilder());
        for (var i = Math.Max(0, known - 1); i < Weeks.Length; i++)
        {
            var week = Weeks[i];
            last = week.LastDayUntil(day) is { } active && active > last ? active : last;
            if (i < known)
            {
                continue;
            }

            (sessions, duration) = (sessions - week.Sessions, duration - week.Duration);
            foreach (var kind in KindCounts.Kinds)
            {
                if (week.Counts.Sum(kind) is > 0 and var later)
                {
                    counts[kind] -= later;
                }
            }
        }

        counts.RemoveRange([.. counts.Where(c => c.Value == 0).Select(c => c.Key)]);
        return this with
        {
            PurchaseDays = PurchaseDays[..bought],
            Weeks = Weeks[..known],
            FirstSeen = first,
            LastSeen = last,
            Sessions = sessions,
            Duration = duration,
            Counts = counts.ToImmutable(),
        };
    }

    /// <summary>Condenses a state.</summary>
    public static CustomerSummary Of(CustomerState state, StoreSettings store)
    {
        var orders = state.Orders.Values;
        var purchases = orders.Where(o => o.IsPurchase).ToList();
        var counts = new SortedDictionary<EventKind, int>();
        foreach (var (kind, count) in state.Weeks.Values.SelectMany(w => w.Counts))
        {
            counts[kind] = counts.GetValueOrDefault(kind) + count;
        }

        var rated = state.Weeks.Values.Sum(w => w.Rated);
        return new CustomerSummary
        {
            PurchaseDays =
            [
                .. purchases.GroupBy(o => store.DayOf(o.Completed!.At)).OrderBy(g => g.Key).Select(g => DayOf(g.Key, g, store)),
            ],
            Credits = state.Credits,
            FirstSeen = (state.FirstSeen ?? state.FirstFact) is { } first ? store.DayOf(first) : default,
            LastSeen = (state.LastSeen ?? state.FirstSeen ?? state.FirstFact) is { } last ? store.DayOf(last) : default,
            Counts = counts.ToImmutableSortedDictionary(),
            Sessions = state.Visits.Values.Sum(ActiveWeek.SessionsOf),
            Duration = state.Weeks.Values.Sum(w => w.Duration),
            MeanRating = rated == 0 ? null : (int)(state.Weeks.Values.Sum(w => w.Ratings) / rated),
            LastRating = state.LastRating?.Stars,
            RefundedOrders = orders.Count(o => o.Completed is not null && o.HasRefund),
            CouponOrders = purchases.Count(o => o.Current?.Coupon is not null),
            Discounts = Add(purchases.Select(o => o.Current?.Discount ?? Money.Zero)),
            Categories = state.Categories.Count,
            Products = purchases.SelectMany(o => o.Current!.Lines).Select(l => l.ProductId).OfType<string>()
                .Distinct(StringComparer.Ordinal).Count(),
            Weeks = ActiveWeek.AllOf(state, store),
            Bought = CategorySpend.AllOf(purchases),
            Consents = Customers.Consents.None.AddRange(state.Consents),
            Lists = NoLists.Union(state.Lists.Where(l => l.Value.IsOn).Select(l => l.Key)),
            Traits = TraitsOf(state),
            Messages = state.Messages.Count == 0 ? null : state.Messages.ToImmutableSortedDictionary(StringComparer.Ordinal),
            FirstCampaign = state.FirstCampaign?.Value,
            FirstProduct = FirstProductOf(purchases),
        };
    }

    /// <summary>The traits that summaries hold, of a fold.</summary>
    public static ImmutableSortedDictionary<string, string> TraitsOf(CustomerState state) => NoTraits.AddRange(
        TraitNames.All.Where(state.Traits.ContainsKey).Select(t => KeyValuePair.Create(t, ShortOf(state.Traits[t].Value))));

    private static string? FirstProductOf(List<Order> purchases) => purchases
        .MinBy(o => (o.Completed!.At, o.Completed.Key))?.Current!.Lines
        .Where(l => l.ProductId is not null)
        .OrderByDescending(l => (l.Price?.Minor ?? 0) * l.Quantity).ThenBy(l => l.ProductId, StringComparer.Ordinal)
        .FirstOrDefault()?.ProductId;

    private static PurchaseDay DayOf(DateOnly day, IEnumerable<Order> orders, StoreSettings store)
    {
        var list = orders.ToList();
        return new PurchaseDay(
            day, list.Count, Add(list.Select(o => o.Gross)), Add(list.Select(o => o.Net)),
            Add(list.Select(o => o.MarginAt(store.MarginBasisPoints))));
    }

    private static string ShortOf(string trait) => trait.Length <= TraitNames.Longest ? trait : trait[..TraitNames.Longest];

    private Money Sum(Func<PurchaseDay, Money> part) => Add(PurchaseDays.Select(part));

    private static Money Add(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
