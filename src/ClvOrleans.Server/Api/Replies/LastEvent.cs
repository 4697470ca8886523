using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>One event of a customer.</summary>
internal sealed record LastEvent
{
    /// <summary>Its number in the customer's journal, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The event's name as sent; null where the kind says it all.</summary>
    public string? Name { get; init; }

    /// <summary>The order that it is about.</summary>
    public string? OrderId { get; init; }

    /// <summary>The order's value, in major units of the store's currency.</summary>
    public decimal? Value { get; init; }

    public static LastEvent Of(JournalEntry entry, Currency currency) => new()
    {
        Sequence = entry.Sequence,
        At = entry.Event.At,
        Kind = entry.Event.Kind,
        Name = entry.Event.Name,
        OrderId = entry.Event.OrderId,
        Value = entry.Event.Order?.Value is { } value ? currency.ToMajor(value) : null,
    };
}
