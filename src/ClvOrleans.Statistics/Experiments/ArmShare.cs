namespace ClvOrleans.Statistics.Experiments;

/// <summary>What part of the units an arm is to get.</summary>
/// <param name="Arm">Name of the arm, not empty.</param>
/// <param name="Share">0 to 1; the shares of an experiment add up to 1.</param>
public readonly record struct ArmShare(string Arm, double Share);
