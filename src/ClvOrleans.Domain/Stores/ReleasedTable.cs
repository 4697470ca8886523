namespace ClvOrleans.Domain.Stores;

/// <summary>A table of reports that is released with noise. In each, a customer is in one group.</summary>
public enum ReleasedTable
{
    /// <summary>Buyers by lifecycle.</summary>
    Lifecycle,

    /// <summary>Buyers by month of the first order, and what they did month by month since then.</summary>
    Month,

    /// <summary>Buyers by source and medium of the first campaign.</summary>
    Channel,

    /// <summary>Buyers by first campaign.</summary>
    Campaign,

    /// <summary>Buyers by main product of the first order.</summary>
    Product,
}
