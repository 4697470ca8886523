namespace ClvOrleans.Server.Stores;

/// <summary>A source that proves who it is by a secret rather than a write key.</summary>
/// <param name="Name">Its name; part of the address of its webhooks.</param>
/// <param name="Kind">Shopify, WooCommerce or GA4.</param>
/// <param name="Secrets">The secret, or two while one is exchanged for the other: each is good.</param>
/// <param name="MeasurementId">The measurement id of a GA4 source.</param>
internal sealed record ShopSource(string Name, SourceKind Kind, IReadOnlyList<string> Secrets, string? MeasurementId = null);
