namespace ClvOrleans.Server.Api.Replies;

/// <summary>The effect within one segment as of the exposure.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Effect">The effect as if it were the only comparison.</param>
/// <param name="Holm">Its p-value after Holm, for all segments together.</param>
/// <param name="BenjaminiHochberg">Its p-value after Benjamini and Hochberg.</param>
internal sealed record SegmentEffectReply(string Segment, EffectReply Effect, double Holm, double BenjaminiHochberg);
