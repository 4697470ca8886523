namespace ClvOrleans.Server.Api.Replies;

/// <summary>The prices within which the middle half of a customer's purchases lies.</summary>
/// <param name="Lower">A quarter is cheaper, or as cheap.</param>
/// <param name="Upper">A quarter is dearer, or as dear.</param>
/// <param name="Order">Descending for valuable customers, Ascending for those who mostly buy with coupons, else None.</param>
internal sealed record PriceBandReply(decimal Lower, decimal Upper, PriceOrder Order);
