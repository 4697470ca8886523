using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Why a customer was looked at again.</summary>
/// <param name="Kind">Event, time, model, market, definition or merge.</param>
/// <param name="Event">The event; of several recorded at once, the last. Null for every other cause.</param>
public sealed record WatchCause(
    WatchCauseKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventKey? Event = null)
{
    /// <summary>A day passed.</summary>
    public static readonly WatchCause Time = new(WatchCauseKind.Time);

    /// <summary>Something was defined or changed.</summary>
    public static readonly WatchCause Definition = new(WatchCauseKind.Definition);

    /// <summary>Two identities became one.</summary>
    public static readonly WatchCause Merge = new(WatchCauseKind.Merge);

    /// <summary>An event.</summary>
    public static WatchCause Of(EventKey key) => new(WatchCauseKind.Event, key);
}
