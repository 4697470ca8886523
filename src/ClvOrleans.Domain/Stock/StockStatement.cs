using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Stock;

/// <summary>What the shop says of a product at an instant; what is null stays as it was.</summary>
/// <inheritdoc cref="ProductStock" path="/param" />
public sealed record StockStatement(
    string Product, DateTimeOffset At, long? Units = null, Money? Price = null, bool? IsPromoted = null, string? Category = null,
    int? LeadDays = null)
{
    /// <summary>The most units and the fewest, either way.</summary>
    public const long MostUnits = 1_000_000_000_000;

    /// <summary>The most days of <see cref="LeadDays"/>.</summary>
    public const int MostLeadDays = 1_000;

    /// <summary>The product after this statement: of an earlier time than the last one it changes nothing.</summary>
    /// <param name="known">The product as it was; null where nothing was known.</param>
    public ProductStock Of(ProductStock? known) => known is null || At >= known.At
        ? new(
            Product, At, Units ?? known?.Units, Price ?? known?.Price, IsPromoted ?? known?.IsPromoted ?? false,
            Category ?? known?.Category, LeadDays ?? known?.LeadDays)
        : known;
}
