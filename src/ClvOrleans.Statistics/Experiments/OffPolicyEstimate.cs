namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// What a policy would have brought, told from decisions that another one took. All in the outcome's unit for each decision.
/// </summary>
/// <param name="DoublyRobust">
/// mean of q(x, new) + w (r - q(x, a)): right if either the propensities or the predictions are. The one to read.
/// </param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="InversePropensity">IPS: mean of w r, without predictions.</param>
/// <param name="InversePropensityError">Its standard error.</param>
/// <param name="SelfNormalised">SNIPS: Σ w r / Σ w; not a number where the policies never agree.</param>
/// <param name="EffectiveSize">(Σ w)² / Σ w²: decisions that count.</param>
/// <param name="Refusal">Why this log cannot tell, or null where it can. The figures of a refused policy are not to be used.</param>
public sealed record OffPolicyEstimate(
    double DoublyRobust,
    double StandardError,
    double InversePropensity,
    double InversePropensityError,
    double SelfNormalised,
    double EffectiveSize,
    string? Refusal);
