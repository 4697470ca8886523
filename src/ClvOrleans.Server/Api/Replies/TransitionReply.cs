using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a watch noticed of a customer.</summary>
internal sealed record TransitionReply
{
    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer: known by the store's user id. Visitor: anonymous.</summary>
    public required CustomerKind CustomerKind { get; init; }

    /// <summary>Who noticed: segment/NAME or policy/NAME.</summary>
    public required string Subject { get; init; }

    /// <summary>Entered, Left, Moved or Happened.</summary>
    public required TransitionKind Kind { get; init; }

    /// <summary>Which entry, move or event of this customer it is, from 1; leaving has the number of its entry.</summary>
    public required int Entry { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the stay began; before at for an entry that goes on with the stay of a merged identity.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether an entry goes on with the stay of an identity that was merged into this customer.</summary>
    public required bool IsCarriedOver { get; init; }

    /// <summary>Event, Time, Model, Market, Definition or Merge.</summary>
    public required WatchCauseKind Cause { get; init; }

    /// <summary>Source of the event that caused it; null for another cause.</summary>
    public string? EventSource { get; init; }

    /// <summary>Message id of that event.</summary>
    public string? EventMessageId { get; init; }

    /// <summary>Number of the definition by which it was noticed.</summary>
    public required long Revision { get; init; }

    /// <summary>Local day of the estimate.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Predicted value before, in major units; null where there was none.</summary>
    public decimal? PredictedBefore { get; init; }

    /// <summary>Predicted value then.</summary>
    public required decimal Predicted { get; init; }

    /// <summary>The probability, 0 to 1, that the customer had not left for good; null before the first purchase.</summary>
    public double? ProbabilityAlive { get; init; }

    /// <summary>Lifecycle then; null where the customer is no more.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>The model version of the estimate.</summary>
    public required string ModelVersion { get; init; }

    public static TransitionReply Of(Transition t, Currency currency) => new()
    {
        Customer = t.Customer.Id,
        CustomerKind = t.Customer.Kind,
        Subject = t.Subject.ToString(),
        Kind = t.Kind,
        Entry = t.Entry,
        At = t.At,
        Since = t.Since,
        IsCarriedOver = t.IsCarriedOver,
        Cause = t.Cause.Kind,
        EventSource = t.Cause.Event?.Source,
        EventMessageId = t.Cause.Event?.MessageId,
        Revision = t.Revision,
        Day = t.Facts.Day,
        PredictedBefore = t.Facts.PredictedBefore is { } before ? currency.ToMajor(before) : null,
        Predicted = currency.ToMajor(t.Facts.Predicted),
        ProbabilityAlive = t.Facts.ProbabilityAlive / 1e6,
        Lifecycle = t.Facts.Lifecycle is { } lifecycle ? SegmentNames.Format(lifecycle) : null,
        ModelVersion = t.Facts.Model,
    };
}
