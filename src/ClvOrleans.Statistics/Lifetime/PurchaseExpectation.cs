namespace ClvOrleans.Statistics.Lifetime;

/// <summary>What is ahead of one customer within a horizon.</summary>
/// <param name="Alive">P(alive).</param>
/// <param name="Orders">Expected purchases.</param>
/// <param name="Discounted">Expected purchases, discounted.</param>
/// <param name="Counts">How many probabilities of counts were written.</param>
internal readonly record struct PurchaseExpectation(double Alive, double Orders, double Discounted, int Counts);
