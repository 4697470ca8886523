namespace ClvOrleans.Grains.Customers;

/// <summary>What became of an event.</summary>
/// <param name="Kind">Recorded, known already, refused or failed.</param>
/// <param name="Code">Why it was refused or failed, or what else there is to say.</param>
/// <param name="Message">The same as a sentence.</param>
public readonly record struct EventOutcome(OutcomeKind Kind, string? Code = null, string? Message = null)
{
    /// <summary>The code of an event that the journal's queue had no room for.</summary>
    public const string OverloadedCode = "overloaded";

    /// <summary>The code of any other event that failed.</summary>
    public const string FailedCode = "failed";

    /// <summary>The code of an event of somebody who was erased or is suppressed.</summary>
    public const string ErasedCode = "erased";

    internal static EventOutcome Erased { get; } = new(
        OutcomeKind.Erased, ErasedCode, "The event is of somebody who was erased or is suppressed; nothing of it was kept.");

    internal static EventOutcome Failed { get; } =
        new(OutcomeKind.Failed, FailedCode, "The event could not be recorded now; send it again.");

    internal static EventOutcome Overloaded { get; } =
        new(OutcomeKind.Failed, OverloadedCode, "The journal's queue is full; send the event again in a moment.");
}
