namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// What an action is expected to change in the margin of one customer: the difference between customers who got it and those who were
/// held out, over the horizon of the values.
/// </summary>
/// <param name="Mean">Expected incremental margin, in <paramref name="Unit"/>.</param>
/// <param name="Sd">Standard deviation of what is known of the mean, in the same unit; 0 for an assumption that states none.</param>
/// <param name="Unit">What the numbers count.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="Reading">The reading that measured it, e.g. <c>win-back/3 2026-11-20 n 4,211</c>; null for an assumption.</param>
public sealed record PolicyEffect(double Mean, double Sd, EffectUnit Unit, EffectSource Source, string? Reading = null);
