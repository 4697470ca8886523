namespace ClvOrleans.Policies;

/// <summary>How often a policy acts for one customer.</summary>
/// <param name="Most">How often at most, at least 1.</param>
/// <param name="Days">Within how many days, at least 1.</param>
public sealed record CustomerCap(int Most, int Days);
