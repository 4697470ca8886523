namespace ClvOrleans.Domain.Stores;

/// <summary>What a store keeps for a number of days (<see cref="StoreSettings.KeepDays"/>). No roll-up rests on any of it.</summary>
public enum Retained
{
    /// <summary>Refused events, from when they came.</summary>
    DeadLetters,

    /// <summary>Events that wait for their order, from when they happened.</summary>
    HeldEvents,

    /// <summary>Words of reviews, from when they were written.</summary>
    ReviewTexts,

    /// <summary>Changes that watches noticed.</summary>
    Transitions,

    /// <summary>Decisions not to act.</summary>
    Decisions,

    /// <summary>Deliveries, from their end.</summary>
    Deliveries,

    /// <summary>Exposures with their outcomes, from the end of their windows, once they are measured for good.</summary>
    Exposures,

    /// <summary>What events of <see cref="Events.Behaviour"/> tell beyond what folds read, from when they happened.</summary>
    Behaviour,
}
