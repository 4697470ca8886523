namespace ClvOrleans.Grains.Customers;

/// <summary>What became of an event.</summary>
/// <param name="Kind">Recorded, known already or refused.</param>
/// <param name="Code">Why it was refused, or what else there is to say.</param>
/// <param name="Message">The same as a sentence.</param>
public readonly record struct Outcome(OutcomeKind Kind, string? Code = null, string? Message = null);
