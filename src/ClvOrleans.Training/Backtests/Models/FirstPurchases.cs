using ClvOrleans.Model.Customers;

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

    private readonly Dictionary<CustomerId, double[]> _covariates;

    public FirstPurchases(StoreHistory past)
    {
        var ranks = Ranks(past);
        var candidates = new (string Name, Func<CustomerPast, double> Of)[]
        {
            ("value", c => ranks[ValueOf(c)]),
            ("coupon", c => UsedCoupon(c, past) ? 1 : 0),
        };
        var columns = candidates.Select(c => (c.Name, Values: past.Buyers.Select(c.Of).ToArray())).Where(c => Varies(c.Values)).ToArray();
        var means = columns.Select(c => c.Values.Average()).ToArray();
        Names = [.. columns.Select(c => c.Name)];
        _covariates = past.Buyers.Select((c, i) => (c.Id, Values: columns.Select((column, j) => column.Values[i] - means[j]).ToArray()))
            .ToDictionary(c => c.Id, c => c.Values);
    }

    /// <summary>Names of the covariates.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Covariates of a buyer, in the order of the names, each less its mean.</summary>
    public IReadOnlyList<double> Of(CustomerPast customer) => _covariates[customer.Id];

    private static bool Varies(double[] values) => values.Length - values.CountBy(v => v).Max(c => c.Value) >= Fewest;

    private static long ValueOf(CustomerPast customer) => customer.Summary.PurchaseDays[0].Gross.Minor;

    // Equal values share their mean rank.
    private static Dictionary<long, double> Ranks(StoreHistory past)
    {
        var ranks = new Dictionary<long, double>();
        var below = 0;
        foreach (var (value, count) in past.Buyers.CountBy(ValueOf).OrderBy(v => v.Key))
        {
            ranks[value] = Math.Round((below + (count / 2.0)) / past.Buyers.Length * Steps) / Steps;
            below += count;
        }

        return ranks;
    }

    private static bool UsedCoupon(CustomerPast customer, StoreHistory past) =>
        customer.Events.Any(e => e.Order?.Coupon is not null && past.Store.DayOf(e.At) == customer.FirstPurchase);
}
