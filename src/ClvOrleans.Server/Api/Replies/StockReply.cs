using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stock;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What is said of a product.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="Units">Units in stock; below zero where more were sold than there were. Null where unknown: it can be sold.</param>
/// <param name="Price">Price of one unit; null where unknown.</param>
/// <param name="Promoted">Whether it is at a special price.</param>
/// <param name="Category">Its category; null where unknown.</param>
/// <param name="LeadDays">Days from an order at the supplier to the goods in stock; null where unknown.</param>
/// <param name="At">The time of the last statement.</param>
internal sealed record StockReply(
    string Product, long? Units, decimal? Price, bool Promoted, string? Category, int? LeadDays, DateTimeOffset At)
{
    public static StockReply Of(ProductStock stock, Currency currency) => new(
        stock.Product, stock.Units, stock.Price is { } price ? currency.ToMajor(price) : null, stock.IsPromoted, stock.Category,
        stock.LeadDays, stock.At);
}
