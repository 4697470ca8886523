namespace ClvOrleans.Valuation.Ensemble;

/// <summary>The classical lifetime value: average order value × frequency × lifetime × margin - acquisition cost.</summary>
public static class ClassicalFormula
{
    /// <summary>The value, in the unit of the order value.</summary>
    /// <param name="averageOrderValue">Average value of an order, at least 0.</param>
    /// <param name="ordersPerYear">Orders a year, at least 0.</param>
    /// <param name="years">How long the customer stays, in years, at least 0.</param>
    /// <param name="margin">Part of the value that remains, 0 to 1.</param>
    /// <param name="acquisitionCost">What it cost to win the customer, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or not finite; named.</exception>
    public static double Value(double averageOrderValue, double ordersPerYear, double years, double margin, double acquisitionCost)
    {
        Check(averageOrderValue, double.MaxValue, nameof(averageOrderValue));
        Check(ordersPerYear, double.MaxValue, nameof(ordersPerYear));
        Check(years, double.MaxValue, nameof(years));
        Check(margin, 1, nameof(margin));
        Check(acquisitionCost, double.MaxValue, nameof(acquisitionCost));
        return (averageOrderValue * ordersPerYear * years * margin) - acquisitionCost;
    }

    private static void Check(double value, double most, string name)
    {
        if (!(value >= 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(
                name, value, most == 1 ? "0 to 1 is allowed." : "A finite number of at least 0 is needed.");
        }
    }
}
