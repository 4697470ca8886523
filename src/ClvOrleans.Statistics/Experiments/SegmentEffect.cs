namespace ClvOrleans.Statistics.Experiments;

/// <summary>The effect within one segment, judged as one comparison of several.</summary>
/// <param name="Segment">Name of the segment.</param>
/// <param name="Effect">The effect as if it were the only comparison.</param>
/// <param name="Holm">Its p-value after Holm: below the level, it is no chance finding of the lot.</param>
/// <param name="BenjaminiHochberg">Its p-value after Benjamini and Hochberg: of those below the level, few are chance findings.</param>
public sealed record SegmentEffect(string Segment, Effect Effect, double Holm, double BenjaminiHochberg);
