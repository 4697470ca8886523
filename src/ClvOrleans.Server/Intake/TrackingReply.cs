namespace ClvOrleans.Server.Intake;

/// <summary>What became of the events of a body.</summary>
/// <param name="Success">True: clients may forget all of them. False where some have failed.</param>
/// <param name="Accepted">How many count now.</param>
/// <param name="Duplicates">How many were known.</param>
/// <param name="Quarantined">Those that do not count, and why; they are kept as dead letters.</param>
/// <param name="Failed">Those that could not be recorded now, and are to be sent again; with all of the body, if that is easier: the others
/// are known then.</param>
/// <param name="Notes">What else there is to say of events that were accepted.</param>
internal sealed record TrackingReply(
    bool Success, int Accepted, int Duplicates, IReadOnlyList<RefusedEvent> Quarantined, IReadOnlyList<RefusedEvent> Failed,
    IReadOnlyList<RefusedEvent> Notes);
