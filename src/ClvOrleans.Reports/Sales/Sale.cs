using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Reports.Sales;

/// <summary>An order that counts as a purchase: completed, paid, neither cancelled nor refunded in full.</summary>
/// <param name="Day">Its local day.</param>
/// <param name="Gross">Value before refunds.</param>
/// <param name="Net">Value after refunds.</param>
/// <param name="Margin">What the shop keeps of it.</param>
/// <param name="Discount">Its coupon; <see cref="UnnamedDiscount"/> of a discount without one; null where there was none.</param>
/// <param name="Lines">The products. Units are those sold: what a partial refund sent back is not stated by unit.</param>
public sealed record Sale(
    DateOnly Day, Money Gross, Money Net, Money Margin, string? Discount, ImmutableArray<SaleLine> Lines)
{
    /// <summary>What a discount without a coupon is called.</summary>
    public const string UnnamedDiscount = "(discount)";
}
