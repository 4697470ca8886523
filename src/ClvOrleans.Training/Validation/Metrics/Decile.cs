namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>A part of the customers of neighbouring predictions.</summary>
/// <param name="Customers">Number of customers; a fraction where customers of equal prediction stand on the border.</param>
/// <param name="Predicted">Sum of their predictions.</param>
/// <param name="Actual">Sum of their actual values.</param>
public readonly record struct Decile(double Customers, double Predicted, double Actual)
{
    /// <summary>|predicted - actual| / actual.</summary>
    public double Error => Math.Abs(Predicted - Actual) / Actual;

    internal Decile With(Decile other) => new(Customers + other.Customers, Predicted + other.Predicted, Actual + other.Actual);
}
