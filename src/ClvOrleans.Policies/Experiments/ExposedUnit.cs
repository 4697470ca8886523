namespace ClvOrleans.Policies.Experiments;

/// <summary>An exposure, and what came of it as far as it has been measured.</summary>
/// <param name="Exposure">The exposure.</param>
/// <param name="Outcome">Its outcome; null where its window is open, or was not measured yet.</param>
public sealed record ExposedUnit(Exposure Exposure, Outcome? Outcome);
