using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// What a refund with tax and shipping takes off the value of an order without them. Where exactly one choice of units, with their tax and
/// with or without the shipping, comes to the amount, those were returned; else the value's share of all that was paid.
/// </summary>
/// <param name="Value">The order's value: its items, after discounts.</param>
/// <param name="Shipping">What was charged for shipping.</param>
/// <param name="Taxes">All taxes.</param>
/// <param name="Total">All that was paid; null where the file does not say.</param>
internal readonly record struct RefundedValue(decimal Value, decimal Shipping, decimal Taxes, decimal? Total)
{
    private const decimal Cent = .01m;
    private const int MostSums = 5_000;

    /// <summary>The value that was taken back.</summary>
    /// <param name="refunded">All that was paid back.</param>
    /// <param name="units">The price of each unit and how many there are of it.</param>
    public decimal Of(decimal refunded, IEnumerable<(decimal Price, int Quantity)> units)
    {
        if (Total is not { } total || total <= 0 || refunded <= 0 || Value <= 0)
        {
            return Math.Min(refunded, Value);
        }

        return refunded >= total ? Value : Returned(refunded, total, [.. units]) ?? Value * refunded / total;
    }

    private decimal? Returned(decimal refunded, decimal total, List<(decimal Price, int Quantity)> units)
    {
        var all = units.Sum(u => u.Price * u.Quantity);
        if (all is <= 0 or > AmountRules.Greatest || Sums(units) is not { } sums)
        {
            return null;
        }

        decimal? found = null;
        foreach (var sum in sums)
        {
            var value = sum * Value / all;
            foreach (var (tax, shipping) in Charges(total))
            {
                var paid = value * (1 + tax);
                if (Math.Abs(paid - refunded) > Cent && Math.Abs(paid + shipping - refunded) > Cent)
                {
                    continue;
                }

                if (found is not null && Math.Abs(found.Value - value) > Cent)
                {
                    return null;
                }

                found ??= value;
            }
        }

        return found;
    }

    // The rate of tax and what shipping came to: with tax included in the prices, on top of the items, or on top of items and shipping.
    private IEnumerable<(decimal Tax, decimal Shipping)> Charges(decimal total)
    {
        if (Taxes <= 0 || Math.Abs(Value + Shipping - total) <= Cent)
        {
            return [(0, Shipping)];
        }

        var onAll = Taxes / (Value + Shipping);
        return [(Taxes / Value, Shipping), (onAll, Shipping * (1 + onAll))];
    }

    // What some of the units can come to; null where there are too many ways to tell them apart.
    private static HashSet<decimal>? Sums(List<(decimal Price, int Quantity)> units)
    {
        var sums = new HashSet<decimal> { 0 };
        foreach (var (price, quantity) in units)
        {
            for (var i = 0; i < quantity && price > 0; i++)
            {
                var before = sums.Count;
                sums.UnionWith([.. sums.Select(s => s + price)]);
                if (sums.Count > MostSums)
                {
                    return null;
                }

                if (sums.Count == before)
                {
                    break;
                }
            }
        }

        return sums;
    }
}
