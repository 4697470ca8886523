using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>One step of a value through time. Money is in major units of the store's currency.</summary>
internal sealed record Move
{
    /// <summary>Event: one event. Time: days without one. Unread: a run of events that the model does not read.</summary>
    public required ValueStepKind Kind { get; init; }

    /// <summary>The first local calendar day of the move.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last one; that of the event itself.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When the event happened; null for time and runs.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the event was; null for time and runs.</summary>
    public EventKind? Event { get; init; }

    /// <summary>The order that the event is about.</summary>
    public string? OrderId { get; init; }

    /// <summary>Number of events: 1, those of the run, or 0 for time.</summary>
    public required int Events { get; init; }

    /// <summary>The value before.</summary>
    public required decimal Before { get; init; }

    /// <summary>The value after.</summary>
    public required decimal After { get; init; }

    /// <summary>After less before.</summary>
    public required decimal Change { get; init; }

    /// <summary>What happened and what it did, in words.</summary>
    public required string Sentence { get; init; }

    public static Move Of(ValueStep move, Currency currency) => new()
    {
        Kind = move.Kind,
        From = move.From,
        To = move.To,
        At = move.Event?.At,
        Event = move.Event?.Kind,
        OrderId = move.Event?.OrderId,
        Events = move.Events,
        Before = currency.ToMajor(move.Before),
        After = currency.ToMajor(move.After),
        Change = currency.ToMajor(move.Change),
        Sentence = move.Sentence,
    };
}
