namespace ClvOrleans.Policies;

/// <summary>What a wait would show; see <see cref="Statistics.Lifetime.Waiting"/>.</summary>
/// <param name="Days">How long it is.</param>
/// <param name="BuysUnaided">The probability that the customer buys meanwhile, 0 to 1.</param>
/// <param name="AliveAfter">P(alive) at its end if there is no order, 0 to 1.</param>
/// <param name="Discount">What money after the wait is worth now, above 0 and at most 1.</param>
public sealed record WaitingFacts(int Days, double BuysUnaided, double AliveAfter, double Discount);
