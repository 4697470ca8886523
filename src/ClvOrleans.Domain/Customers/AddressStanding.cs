using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>What became of messages to one address.</summary>
public sealed record AddressStanding
{
    /// <summary>How many of the latest soft bounces are kept.</summary>
    public const int MostSoft = 16;

    /// <summary>Last hard bounce.</summary>
    public DateTimeOffset? HardAt { get; init; }

    /// <summary>Last delivery.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The latest soft bounces, at most <see cref="MostSoft"/>, in order.</summary>
    public ImmutableArray<DateTimeOffset> Soft { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>With one more event.</summary>
    public AddressStanding With(EventKind kind, DateTimeOffset at, BounceKind? bounce) => (kind, bounce) switch
    {
        (EventKind.MessageDelivered, _) => this with { DeliveredAt = DeliveredAt > at ? DeliveredAt : at },
        (EventKind.MessageBounced, BounceKind.Hard) => this with { HardAt = HardAt > at ? HardAt : at },
        (EventKind.MessageBounced, _) => this with { Soft = [.. Soft.Append(at).Distinct().Order().TakeLast(MostSoft)] },
        _ => this,
    };

    /// <summary>
    /// Whether nothing may be sent to the address: after a hard bounce, and after so many soft ones within so long since the last
    /// delivery.
    /// </summary>
    /// <param name="mostSoft">Soft bounces that suppress, 1 to <see cref="MostSoft"/>.</param>
    /// <param name="within">The time within which they come.</param>
    public bool IsSuppressed(int mostSoft, TimeSpan within)
    {
        var soft = Soft.Where(s => DeliveredAt is null || s > DeliveredAt).ToArray();
        return HardAt is not null || soft.Skip(mostSoft - 1).Zip(soft).Any(s => s.First - s.Second <= within);
    }

    /// <inheritdoc />
    public bool Equals(AddressStanding? other) =>
        other is not null && HardAt == other.HardAt && DeliveredAt == other.DeliveredAt && Soft.SequenceEqual(other.Soft);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(HardAt, DeliveredAt, Soft.Length);
}
