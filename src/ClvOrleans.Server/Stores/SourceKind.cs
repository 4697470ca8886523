namespace ClvOrleans.Server.Stores;

/// <summary>How a source sends.</summary>
internal enum SourceKind
{
    /// <summary>A tracking client with a write key.</summary>
    Tracking,

    /// <summary>Webhooks of a Shopify shop.</summary>
    Shopify,

    /// <summary>Webhooks of a WooCommerce shop.</summary>
    WooCommerce,

    /// <summary>The Measurement Protocol of Google Analytics 4.</summary>
    Ga4,

    /// <summary>Files that are imported.</summary>
    Import,
}
