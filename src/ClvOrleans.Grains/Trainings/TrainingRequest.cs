using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Trainings;

/// <summary>What is asked of a training.</summary>
/// <param name="Until">Last local day of the data to be seen; null for that of the last purchase.</param>
/// <param name="Cause">Why.</param>
/// <param name="Skipped">Why it is due, and left; null where it is not left.</param>
/// <param name="Night">The night that asks for it; null for anyone else.</param>
public sealed record TrainingRequest(DateOnly? Until, TrainingCause Cause, string? Skipped = null, DateTimeOffset? Night = null);
