namespace ClvOrleans.Policies;

/// <summary>The draws of a decision: hashes of the customer under a salt, so that nobody can choose them and anybody can repeat
/// them.</summary>
/// <param name="Holdout">The customer's place in the policy's own holdout; see <see cref="Experiments.Assignment.PlaceOf"/>.</param>
/// <param name="Control">The customer's place in the control group of all policies.</param>
/// <param name="ControlSalt">The salt of the control group, which changes when it is drawn anew.</param>
/// <param name="Exploration">The draw of the occasion, 0 to below 1.</param>
public sealed record DecisionDraws(int Holdout, int Control, string ControlSalt, double Exploration);
