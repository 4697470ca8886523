namespace ClvOrleans.Valuation.Clusters;

/// <summary>Features of clusters on the scale on which they are compared: logarithms, since all four are skewed.</summary>
public static class ClusterFeatures
{
    /// <summary>How many there are.</summary>
    public const int Count = 4;

    /// <summary>A number of days.</summary>
    public static double OfDays(int days) => Math.Log(1.0 + Math.Max(0, days));

    /// <summary>A number of orders.</summary>
    public static double OfOrders(int orders) => Math.Log(Math.Max(1, orders));

    /// <summary>The value of an order, of what was spent on some; less than a minor unit is one.</summary>
    public static double OfValue(double spent, int orders) => Math.Log(Math.Max(1, spent / Math.Max(1, orders)));

    /// <summary>The inverse: days, orders or minor units.</summary>
    public static double InUnits(ClusterFeature feature, double value) =>
        feature is ClusterFeature.Length or ClusterFeature.Recency ? Math.Exp(value) - 1 : Math.Exp(value);
}
