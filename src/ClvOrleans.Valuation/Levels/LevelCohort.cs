namespace ClvOrleans.Valuation.Levels;

/// <summary>Customers who first bought in the same month.</summary>
/// <param name="Month">The month, by <see cref="CalendarMonth"/>.</param>
/// <param name="Customers">Number of customers.</param>
/// <param name="Quality">What one of them spends over what a customer of the store does at the same age in the same month.</param>
public sealed record LevelCohort(int Month, int Customers, double Quality);
