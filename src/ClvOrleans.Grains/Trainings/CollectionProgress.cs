using System.Globalization;

namespace ClvOrleans.Grains.Trainings;

/// <summary>How far a collection of customers is.</summary>
/// <param name="Customers">How many are there so far.</param>
/// <param name="Done">How much of all is read, 0 to 1.</param>
public readonly record struct CollectionProgress(int Customers, double Done)
{
    /// <summary>The number of customers, for a sentence.</summary>
    public override string ToString() => Customers.ToString("N0", CultureInfo.InvariantCulture);
}
