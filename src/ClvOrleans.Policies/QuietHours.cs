namespace ClvOrleans.Policies;

/// <summary>Hours of the customer's day in which nothing reaches them.</summary>
/// <param name="From">Their begin, by the customer's clock.</param>
/// <param name="To">Their end; on the next day where it is not later than <paramref name="From"/>.</param>
/// <param name="Drops">Whether an action is dropped then; otherwise it is held until their end.</param>
public sealed partial record QuietHours(TimeOnly From, TimeOnly To, bool Drops = false);
