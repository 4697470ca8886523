using System.Globalization;

namespace ClvOrleans.Grains.Sales;

/// <summary>The purchases of a store take more memory than a silo may give them.</summary>
public sealed class TooManySalesException(int megabytes) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The store's purchases take more than the {megabytes:N0} MB that Sales__MostMegabytes allows this process for reports and demand. "
        + $"Raise it where there is memory, and ask that process alone for reports."));
