namespace ClvOrleans.Domain.Market;

/// <summary>One stretch of days in which something moves the store's market.</summary>
/// <param name="Id">Name of the entry, unique in the store: posting it again replaces it.</param>
/// <param name="Kind">Promotion, season or competitor.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="Strength">How strong, 0 to 1: the depth of a discount, the weight of a season. Default 1.</param>
/// <param name="Category">The product category that it is about; null for all.</param>
public sealed record MarketEntry(string Id, MarketKind Kind, DateOnly From, DateOnly To, double Strength = 1, string? Category = null);
