using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// The fold of a customer's events. A function of the <em>set</em> of events: whatever the order of arrival, the batching and the
/// restarts, equal sets give equal bytes. Money is integer, counts live in calendar buckets, the rest are minima, maxima and
/// sorted collections. The caller sees to it that no event is folded twice.
/// </summary>
public sealed class CustomerState
{
    /// <summary>Version of the fold; a snapshot of another version is thrown away and the journal replayed.</summary>
    public const int FoldVersion = 5;

    /// <summary>Orders by order id.</summary>
    public SortedDictionary<string, Order> Orders { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Sum of credit notes that name no order.</summary>
    public Money Credits { get; set; }

    /// <summary>Half hours of each local day with any activity, as 48 bits: adjacent bits are one session.</summary>
    public SortedDictionary<DateOnly, ulong> Visits { get; set; } = [];

    /// <summary>Activity by the Monday of its local calendar week.</summary>
    public SortedDictionary<DateOnly, WeekActivity> Weeks { get; set; } = [];

    /// <summary>Products looked at but not bought count here too: events by category.</summary>
    public SortedDictionary<string, int> Categories { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Traits by name.</summary>
    public SortedDictionary<string, TraitValue> Traits { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The campaign of the earliest event that names one.</summary>
    public TraitValue? FirstCampaign { get; set; }

    /// <summary>The last word on each purpose (<see cref="Customers.Consents"/>).</summary>
    public SortedDictionary<string, Consent> Consents { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What was last said of each list.</summary>
    public SortedDictionary<string, ListStay> Lists { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What last happened to messages, by channel.</summary>
    public SortedDictionary<string, ChannelMessages> Messages { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What became of messages by address; under "" of those whose event names none.</summary>
    public SortedDictionary<string, AddressStanding> Addresses { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Time of the earliest event that is no fact about consents, lists or messages.</summary>
    public DateTimeOffset? FirstSeen { get; set; }

    /// <summary>Time of the earliest fact about consents, lists or messages.</summary>
    public DateTimeOffset? FirstFact { get; set; }

    /// <summary>Time of the latest event that the customer took part in; null where only the shop has spoken.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>The last rating, given or of the words of a review.</summary>
    public RatingGiven? LastRating { get; set; }

    /// <summary>Number of events folded.</summary>
    public long Events { get; set; }

    /// <summary>Folds one event.</summary>
    public void Apply(CustomerEvent e, StoreSettings store)
    {
        Events++;
        ApplyFact(e);
        if (e.IsFact)
        {
            FirstFact = FirstFact <= e.At ? FirstFact : e.At;
            return;
        }

        FirstSeen = FirstSeen <= e.At ? FirstSeen : e.At;
        ApplyOrder(e);
        ApplyProfile(e);
        if (!e.IsStatement)
        {
            LastSeen = LastSeen is { } last && last >= e.At ? last : e.At;
            ApplyActivity(e, store);
        }
    }

    /// <summary>Folds all events, in the order given: any order gives the same state.</summary>
    public static CustomerState Fold(IEnumerable<CustomerEvent> events, StoreSettings store)
    {
        var state = new CustomerState();
        foreach (var e in events)
        {
            state.Apply(e, store);
        }

        return state;
    }

    /// <summary>The state's canonical bytes: equal states have equal bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Default.CustomerState);

    /// <summary>The inverse of <see cref="ToBytes"/>.</summary>
    public static CustomerState FromBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, DomainJson.Default.CustomerState) ?? throw new JsonException("A customer's state is null.");

    private void ApplyOrder(CustomerEvent e)
    {
        if (e.Kind == EventKind.OrderRefunded && e.Refund is { } refund)
        {
            if (refund.OrderId is null)
            {
                Credits += refund.Amount ?? Money.Zero;
            }
            else
            {
                OrderOf(refund.OrderId).Refunds[e.Key] = new OrderRefund(e.At, refund.Amount);
            }
        }

        if (e.Order is not { } facts)
        {
            return;
        }

        var version = OrderVersion.Of(e, facts);
        if ((e.IsStatement || e.Kind == EventKind.OrderCompleted) && e.Statement is { } statement
            && new StatedOrder(version, statement) is var stated)
        {
            var order = OrderOf(facts.OrderId);
            order.Stated = order.Stated is { } s && stated.IsBefore(s) ? s : stated;
        }

        switch (e.Kind)
        {
            case EventKind.OrderCompleted:
                var completed = OrderOf(facts.OrderId);
                completed.Completed = version.IsBefore(completed.Completed) ? version : completed.Completed;
                break;
            case EventKind.OrderUpdated when e.IsStatement:
                break;
            case EventKind.OrderUpdated:
                var updated = OrderOf(facts.OrderId);
                updated.Updated = updated.Updated is { } u && version.IsBefore(u) ? u : version;
                break;
            case EventKind.OrderCancelled:
                var cancelled = OrderOf(facts.OrderId);
                cancelled.CancelledAt = cancelled.CancelledAt is { } c && c <= e.At ? c : e.At;
                break;
        }
    }

    // Ordinary events carry consents too. Traits of a fact are those of a person whom the shop knows already, and are left out.
    private void ApplyFact(CustomerEvent e)
    {
        foreach (var (purpose, isGranted) in e.Consents ?? ImmutableSortedDictionary<string, bool>.Empty)
        {
            Consents[purpose] = Consent.Last(Consents.GetValueOrDefault(purpose), new Consent(isGranted, e.At));
        }

        if (e.Kind is EventKind.ListJoined or EventKind.ListLeft && e.Subject is { } list)
        {
            Lists[list] = ListStay.Last(Lists.GetValueOrDefault(list), new ListStay(e.Kind == EventKind.ListJoined, e.At));
        }

        if (e.Message is { } message)
        {
            var messages = Messages.GetValueOrDefault(message.Channel) ?? new ChannelMessages();
            Messages[message.Channel] = messages.With(e.Kind, e.At, message.IsMachine);
            if (e.Kind is EventKind.MessageBounced or EventKind.MessageDelivered)
            {
                var address = message.Address ?? "";
                Addresses[address] = (Addresses.GetValueOrDefault(address) ?? new AddressStanding()).With(e.Kind, e.At, message.Bounce);
            }
        }
    }

    private void ApplyActivity(CustomerEvent e, StoreSettings store)
    {
        var local = TimeZoneInfo.ConvertTime(e.At, store.TimeZone).DateTime;
        var day = DateOnly.FromDateTime(local);
        Visits[day] = Visits.GetValueOrDefault(day) | (1UL << ((local.Hour * 2) + (local.Minute / 30)));
        var monday = ActiveWeek.MondayOf(day);
        if (!Weeks.TryGetValue(monday, out var week))
        {
            Weeks[monday] = week = new WeekActivity();
        }

        week.Counts[e.Kind] = week.Counts.GetValueOrDefault(e.Kind) + 1;
        week.Duration += e.Duration ?? 0;
        week.Ratings += e.Stars ?? 0;
        week.Rated += e.Stars is null ? 0 : 1;
        LastRating = e.Stars is { } stars ? RatingGiven.Last(LastRating, new RatingGiven(e.At, e.Key, stars)) : LastRating;
        foreach (var line in e.Products)
        {
            if (line.Category is { } category)
            {
                Categories[category] = Categories.GetValueOrDefault(category) + 1;
            }
        }
    }

    private void ApplyProfile(CustomerEvent e)
    {
        if (e.Campaign is { } campaign
            && (FirstCampaign is null || e.At < FirstCampaign.At || (e.At == FirstCampaign.At && e.Key < FirstCampaign.Key)))
        {
            FirstCampaign = new TraitValue(e.At, e.Key, campaign);
        }

        foreach (var (name, value) in e.Traits ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            if (!Traits.TryGetValue(name, out var known) || known.At < e.At || (known.At == e.At && known.Key < e.Key))
            {
                Traits[name] = new TraitValue(e.At, e.Key, value);
            }
        }
    }

    private Order OrderOf(string orderId)
    {
        if (!Orders.TryGetValue(orderId, out var order))
        {
            Orders[orderId] = order = new Order();
        }

        return order;
    }
}
