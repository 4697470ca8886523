namespace ClvOrleans.Statistics.Experiments;

/// <summary>What could be done for a customer, who gets at most one offer.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Cost">What it costs, above 0.</param>
/// <param name="Gain">
/// What it is expected to bring: incremental margin, with the cost taken off where money that is not spent stays with the store.
/// </param>
public readonly record struct Offer(string Customer, double Cost, double Gain);
