using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Policies;

/// <summary>What makes a policy look at a customer.</summary>
public sealed record PolicyTrigger
{
    /// <summary>What it is; says which of the other members are set.</summary>
    public required TriggerKind Kind { get; init; }

    /// <summary>The segment that is entered or left.</summary>
    public string? Segment { get; init; }

    /// <summary>The rule that comes to hold, or what must hold when the event happens; P(alive) below and time since are such
    /// rules.</summary>
    public string? Rule { get; init; }

    /// <summary>The event.</summary>
    public EventKind? Event { get; init; }

    /// <summary>Whether the value is to fall; otherwise it is to rise.</summary>
    public bool IsFall { get; init; }

    /// <summary>By what share of the value at the last time the value is to move, above 0; null where it is an amount.</summary>
    public double? ByShare { get; init; }

    /// <summary>By what amount the value is to move, above 0; null where it is a share.</summary>
    public Money? ByAmount { get; init; }
}
