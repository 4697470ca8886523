namespace ClvOrleans.Policies;

/// <summary>How often a customer is reached on a channel by all policies together, on a day of the customer's own calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="Count">How often, counting what waits for delivery.</param>
public sealed record ContactDay(DateOnly Day, int Count);
