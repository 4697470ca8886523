using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Domain.Events;

/// <summary>
/// One thing that a customer did, checked and normalised: times in UTC, money in the store's minor units. The journal keeps
/// exactly this, and the customer's state is a function of the set of these. Addresses and user agents are not kept.
/// </summary>
public sealed record CustomerEvent
{
    /// <summary>The client's id of the message, unique within <see cref="Source"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>The source (write key's name) that sent it.</summary>
    public required string Source { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When it happened, corrected for the clock of the client, in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event's name as sent; null where the kind says it all.</summary>
    public string? Name { get; init; }

    /// <summary>The order of an order event.</summary>
    public OrderFacts? Order { get; init; }

    /// <summary>The refund of a refund event.</summary>
    public RefundFacts? Refund { get; init; }

    /// <summary>
    /// What an export or the shop itself says of the order as a whole, in a completion or an update; null of events that happened.
    /// </summary>
    public OrderStatement? Statement { get; init; }

    /// <summary>The products that the event names.</summary>
    public ImmutableArray<ProductLine> Products { get; init; } = [];

    /// <summary>Rating of a review, in hundredths.</summary>
    public int? Rating { get; init; }

    /// <summary>
    /// What the words of a review without a rating were scored as, in hundredths: by the champion of when it came, and never again.
    /// </summary>
    public int? TextRating { get; init; }

    /// <summary>
    /// The words of a review on their way to storage, which keeps them beside the journal for a time and never in it: null in all that the
    /// journal returns.
    /// </summary>
    public string? ReviewText { get; init; }

    /// <summary>The rating that counts: the one given, else the one of the words.</summary>
    [JsonIgnore]
    public int? Stars => Rating ?? TextRating;

    /// <summary>Time spent on a page, in milliseconds.</summary>
    public long? Duration { get; init; }

    /// <summary>What the kind is about: the search text, the share's channel, the promotion, the coupon, the page's path, the
    /// list.</summary>
    public string? Subject { get; init; }

    /// <summary>Traits of the customer, flattened to text.</summary>
    public ImmutableSortedDictionary<string, string>? Traits { get; init; }

    /// <summary>Marketing campaign that brought the customer (source / medium / name).</summary>
    public string? Campaign { get; init; }

    /// <summary>
    /// What the customer consents to and what not, by purpose (<see cref="Customers.Consents"/>); null where the event says nothing.
    /// </summary>
    public ImmutableSortedDictionary<string, bool>? Consents { get; init; }

    /// <summary>The message of an event that is about one.</summary>
    public MessageFacts? Message { get; init; }

    /// <summary>
    /// Whether it is the shop's word of how an order or a customer is at <see cref="At"/>, and nothing that the customer did: no activity.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStatement { get; init; }

    /// <summary>
    /// Whether it says something of consents, lists or messages: a fact about the customer, and no activity that a model counts.
    /// </summary>
    [JsonIgnore]
    public bool IsFact => Kind >= EventKind.ConsentChanged;

    /// <summary>Identity of the event in the set: source and message id.</summary>
    [JsonIgnore]
    public EventKey Key => new(Source, MessageId);

    /// <summary>The order that this event is about, if any.</summary>
    [JsonIgnore]
    public string? OrderId => Order?.OrderId ?? Refund?.OrderId;
}
