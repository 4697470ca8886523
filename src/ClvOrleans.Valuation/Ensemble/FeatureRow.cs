using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A buyer as learned models read it.</summary>
/// <param name="features">The features of the catalogue; NaN where it is unknown.</param>
/// <param name="customer">The summary they were made of, for models that read more than features.</param>
/// <param name="asOf">The local day.</param>
public readonly ref struct FeatureRow(ReadOnlySpan<double> features, CustomerSummary customer, DateOnly asOf)
{
    /// <summary>The features of the catalogue; NaN where it is unknown.</summary>
    public ReadOnlySpan<double> Features { get; } = features;

    /// <summary>The summary they were made of; nothing in it is later than <see cref="AsOf"/> as far as that can be told.</summary>
    public CustomerSummary Customer { get; } = customer;

    /// <summary>The local day.</summary>
    public DateOnly AsOf { get; } = asOf;
}
