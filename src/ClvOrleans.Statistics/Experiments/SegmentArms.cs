namespace ClvOrleans.Statistics.Experiments;

/// <summary>Both arms within one segment. Membership must be as it was before the start.</summary>
/// <param name="Segment">Name of the segment.</param>
/// <param name="Control">The control.</param>
/// <param name="Treated">The treated.</param>
public readonly record struct SegmentArms(string Segment, Sample Control, Sample Treated);
