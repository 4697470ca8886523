namespace ClvOrleans.Training.Movements;

/// <summary>How a model's forecasts of a holdout moved through it.</summary>
/// <param name="Model">The version.</param>
/// <param name="From">The last day that it has seen; forecasts begin at its end.</param>
/// <param name="Until">The last day of the window.</param>
/// <param name="Customers">How many buyers were followed.</param>
/// <param name="Value">Of the net value, in major units.</param>
/// <param name="Purchase">Of the probability of a purchase in the window.</param>
public sealed record MovementView(
    string Model, DateOnly From, DateOnly Until, int Customers, MovementSummary Value, MovementSummary Purchase);
