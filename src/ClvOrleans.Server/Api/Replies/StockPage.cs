namespace ClvOrleans.Server.Api.Replies;

/// <summary>Products in stock.</summary>
/// <param name="Currency">Currency of prices.</param>
/// <param name="Products">The products, by id.</param>
/// <param name="Next">after of the next page; null on the last.</param>
internal sealed record StockPage(string Currency, IReadOnlyList<StockReply> Products, string? Next);
