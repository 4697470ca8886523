namespace ClvOrleans.Domain.Events;

/// <summary>
/// Identity of an event: message ids are unique within their source only, so nobody can suppress another source's events.
/// </summary>
/// <param name="Source">The source that sent it.</param>
/// <param name="MessageId">The client's message id.</param>
public readonly record struct EventKey(string Source, string MessageId) : IComparable<EventKey>
{
    /// <summary>Ordinal order by source, then message id.</summary>
    public int CompareTo(EventKey other)
    {
        var bySource = string.CompareOrdinal(Source, other.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(MessageId, other.MessageId);
    }

    /// <summary>Ordinal order.</summary>
    public static bool operator <(EventKey left, EventKey right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(EventKey left, EventKey right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(EventKey left, EventKey right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(EventKey left, EventKey right) => left.CompareTo(right) >= 0;
}
