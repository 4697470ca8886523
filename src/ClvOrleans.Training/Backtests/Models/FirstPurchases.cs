using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// What is known of customers on the day of their first purchase, as static covariates: where its value ranks among all first purchases
/// (0 to 1; an order of a hundred times the mean must not make a hundredfold customer), and whether it used a coupon. Its season is left
/// out: where the data begin in the middle of a store's life, it says who was a customer before. Left out is also what fewer than 30
/// customers have, or have not.
/// </summary>
internal sealed class FirstPurchases
{
    private const int Fewest = 30;

    // Customers of equal covariates share their work.
    private const int Steps = 20;

    private readonly long[] _values;
    private readonly (Func<AsOfSnapshot, double> Of, double Mean)[] _columns;

    public FirstPurchases(StoreHistory past)
    {
        _values = [.. past.Buyers.Select(ValueOf).Order()];
        var candidates = new (string Name, Func<AsOfSnapshot, double> Of)[] { ("value", RankOf), ("coupon", c => UsedCoupon(c) ? 1 : 0) };
        var columns = candidates.Select(c => (c.Name, c.Of, Values: past.Buyers.Select(c.Of).ToArray()))
            .Where(c => Varies(c.Values)).ToArray();
        Names = [.. columns.Select(c => c.Name)];
        _columns = [.. columns.Select(c => (c.Of, c.Values.Average()))];
    }

    /// <summary>Names of the covariates.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Covariates of a buyer of the history or another, in the order of the names, each less its mean.</summary>
    public IReadOnlyList<double> Of(AsOfSnapshot customer) => Array.ConvertAll(_columns, c => c.Of(customer) - c.Mean);

    private static bool Varies(double[] values) => values.Length - values.CountBy(v => v).Max(c => c.Value) >= Fewest;

    private static long ValueOf(AsOfSnapshot customer) =>
        (long)Int128.Min(customer.Summary.PurchaseDays[0].Gross.Minor, long.MaxValue - 1);

    // Equal values share their mean rank.
    private double RankOf(AsOfSnapshot customer)
    {
        var value = ValueOf(customer);
        var (below, upTo) = (CountBelow(value), CountBelow(value + 1));
        return Math.Round((below + ((upTo - below) / 2.0)) / _values.Length * Steps) / Steps;
    }

    private int CountBelow(long value)
    {
        var (low, high) = (0, _values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _values[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool UsedCoupon(AsOfSnapshot customer) => customer.CouponDays.Contains(customer.FirstPurchase);
}
