namespace ClvOrleans.Server.Imports;

/// <summary>Every line of the file, once.</summary>
/// <param name="Recorded">Lines that gave events which count now.</param>
/// <param name="Known">Lines whose events were known.</param>
/// <param name="Refused">Lines that were refused.</param>
/// <param name="Passed">Header and blank lines.</param>
internal sealed record ImportLineCounts(long Recorded, long Known, long Refused, long Passed);
