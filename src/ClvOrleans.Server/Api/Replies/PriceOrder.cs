namespace ClvOrleans.Server.Api.Replies;

/// <summary>How to sort by price.</summary>
internal enum PriceOrder
{
    /// <summary>Not by price.</summary>
    None,

    /// <summary>The cheapest first.</summary>
    Ascending,

    /// <summary>The dearest first.</summary>
    Descending,
}
