namespace ClvOrleans.Policies;

/// <summary>Takes decisions: pure, so that the audit trail of a decision gives it again.</summary>
public static partial class DecisionRule;
