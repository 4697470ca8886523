namespace ClvOrleans.Policies.Experiments;

/// <summary>How many units an arm has.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Share">Its share of the present split.</param>
/// <param name="Exposed">Identities that were exposed, whatever became of them: what the sample-ratio check counts.</param>
/// <param name="Matured">Units whose outcome is known: what is compared.</param>
/// <param name="Open">Units whose window is open.</param>
/// <param name="Unmeasured">Units whose window is over, and whose outcome is not measured yet.</param>
public sealed record ArmCounts(string Arm, double Share, long Exposed, long Matured, long Open, long Unmeasured);
