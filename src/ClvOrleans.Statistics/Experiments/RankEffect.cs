namespace ClvOrleans.Statistics.Experiments;

/// <summary>What ranks say of a treatment.</summary>
/// <param name="U">Pairs of a treated and a control unit in which the treated has more; a tie is half a pair.</param>
/// <param name="Superiority">U over all pairs: P(treated &gt; control) + ½ P(equal), 0 to 1; ½ without any effect.</param>
/// <param name="PValue">Probability of such a U or a more extreme one without any effect, 0 to 1.</param>
/// <param name="IsExact">Whether the p-value is from the exact distribution, ties included, and not from its normal limit.</param>
public sealed record RankEffect(double U, double Superiority, double PValue, bool IsExact);
