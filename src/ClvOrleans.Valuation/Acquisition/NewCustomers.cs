using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Numerics;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Acquisition;

/// <summary>
/// What a customer who is not here yet is worth, by what will be known of them first, such as the channel: what a bid for them may cost.
/// One Pareto/NBD of all customers says how many purchases follow the first; each group has its own multiple of it, its own first purchase
/// and its own spend per repeat purchase, all three drawn towards the store's as far as the group is thin (<see cref="GroupShrinkage"/>).
/// </summary>
public sealed class NewCustomers(DateOnly asOf)
{
    /// <summary>How many groups are told apart, the largest; the rest are one, named <see cref="Others"/>.</summary>
    public const int Most = 200;

    /// <summary>Name of the rest.</summary>
    public const string Others = "(others)";

    private const double Quantile = 1.2815515655446004; // of 90 %
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly Group _unknown = new();
    private readonly List<PurchaseHistory> _histories = [];

    /// <summary>Adds a customer; who has not bought by the day is passed over.</summary>
    /// <param name="name">The group; null where it is not known.</param>
    /// <param name="customer">The customer.</param>
    public void Add(string? name, CustomerSummary customer)
    {
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return;
        }

        var group = name is null ? _unknown : _groups.TryGetValue(name, out var known) ? known : _groups[name] = new Group();
        _histories.Add(history);
        var (mean, count) = customer.RepeatSpendAt(asOf);
        group.Add((int)history.Repeats, (int)Math.Round(history.Observed * 7), (double)customer.PurchaseDays[0].Net.Minor, mean, count);
    }

    /// <summary>The groups, the largest first, and all customers together; nothing where nobody has bought.</summary>
    /// <param name="store">The store: its horizon and discount rate.</param>
    public (ImmutableArray<AcquisitionGroup> Groups, AcquisitionGroup All)? Expect(StoreSettings store)
    {
        if (_histories.Count == 0)
        {
            return null;
        }

        var fit = SmallStore.Is(_histories)
            ? SmallStore.Fit(PurchaseHistories.Of(_histories))
            : LifetimeModels.Fit(KnownStores.Family, _histories);
        var expected = new Expectation(fit, store, _histories);
        (string? Name, Group Group)[] named = [.. Merged()];
        var all = new Group();
        foreach (var (_, group) in named)
        {
            all.Add(group);
        }

        return ([.. Estimates(named, all, expected)], Estimates([(null, all)], all, expected).Single());
    }

    private IEnumerable<(string? Name, Group Group)> Merged()
    {
        var ordered = _groups.OrderByDescending(g => g.Value.Customers).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var others = new Group();
        foreach (var (_, group) in ordered.Skip(Most))
        {
            others.Add(group);
        }

        return ordered.Take(Most).Select(g => ((string?)g.Key, g.Value))
            .Concat(others.Customers > 0 ? [(Others, others)] : []).Concat(_unknown.Customers > 0 ? [(null, _unknown)] : []);
    }

    private static IEnumerable<AcquisitionGroup> Estimates((string? Name, Group Group)[] groups, Group all, Expectation expected)
    {
        // Variances within are those of all customers: a thin group does not know its own.
        var dispersion = Math.Max(1e-9, groups.Sum(g => g.Group.Excess(expected)) / Math.Max(1e-9, all.Expected(expected)));
        var multiples = GroupShrinkage.Of([.. groups.Select(g => Rate(g.Group))]);
        var firsts = GroupShrinkage.Of([.. groups.Select(g => (g.Group.First.Mean, Floor(all.First.Variance / g.Group.Customers)))]);
        var hasRepeats = all.Repeat.Weight > 0;
        var repeats = GroupShrinkage.Of(
        [
            .. groups.Select(g => g.Group.Repeat.Weight > 0
                ? (g.Group.Repeat.Mean, Floor(all.Repeat.Variance / g.Group.Repeat.Weight))
                : (hasRepeats ? all.Repeat.Mean : all.First.Mean, Floor(1e6 * Math.Max(1, all.First.Variance)))),
        ]);
        return groups.Select((g, i) =>
        {
            var (multiple, first, spend) = (multiples[i], firsts[i], repeats[i]);
            var follow = Math.Max(0, multiple.Estimate) * expected.Discounted;
            var value = Math.Max(0, first.Estimate) + (follow * spend.Estimate);
            var variance = first.Variance + (Square(expected.Discounted * spend.Estimate) * multiple.Variance)
                + (follow * follow * spend.Variance)
                + (Square(follow * spend.Estimate) * expected.RelativeVariance);
            var factor = value > 0 ? Math.Exp(Quantile * Math.Sqrt(Math.Log(1 + (variance / (value * value))))) : 1;
            return new AcquisitionGroup(
                g.Name, g.Group.Customers, value, value / factor, value * factor, first.Estimate,
                Math.Max(0, multiple.Estimate) * expected.Repeats, spend.Estimate);
        });

        (double Estimate, double Variance) Rate(Group group)
        {
            var under = Math.Max(1e-9, group.Expected(expected));
            return (group.Repeats / under, dispersion / under);
        }
    }

    private static double Floor(double variance) => Math.Max(variance, 1e-9);

    private static double Square(double value) => value * value;

    // What the model of all customers expects of one who has been here for some days, and of the next one.
    private sealed class Expectation
    {
        private readonly ILifetimeModel _model;
        private readonly Dictionary<int, double> _byDays = [];
        private readonly double _scale;

        public Expectation(LifetimeFit fit, StoreSettings store, List<PurchaseHistory> histories)
        {
            _model = fit.Model;
            _scale = 1;

            // A prior can leave the fit beside the data's own mean: groups are measured by what customers did.
            var (made, thought) = (histories.Sum(h => h.Repeats), histories.Sum(h => After((int)Math.Round(h.Observed * 7))));
            var isOwn = fit.Report.Customers >= SmallStore.Customers && made > 0 && thought > 0;
            _scale = isOwn ? made / thought : 1;
            _byDays.Clear();
            var weeks = store.Horizon.Weeks;
            Repeats = _scale * _model.ExpectedPurchasesOfNewCustomer(weeks);
            Discounted = _scale * _model.DiscountedPurchases(new PurchaseHistory(0, 0, 0), weeks, store.AnnualDiscountRate * 7 / 365);
            RelativeVariance = SmallStore.RelativeVariance(fit.Report.Parameters, fit.Report.Covariance, weeks);
        }

        public double Repeats { get; }

        public double Discounted { get; }

        public double RelativeVariance { get; }

        public double After(int days) => _byDays.TryGetValue(days, out var known)
            ? known
            : _byDays[days] = _scale * _model.ExpectedPurchasesOfNewCustomer(days / 7.0);
    }

    // Sums of a group; customers of one age are one row.
    private sealed class Group
    {
        private readonly Dictionary<int, (int Customers, double Repeats, double Squares)> _byDays = [];

        public int Customers { get; private set; }

        public double Repeats { get; private set; }

        public Sums First { get; } = new();

        public Sums Repeat { get; } = new();

        public void Add(int repeats, int days, double first, double mean, int count)
        {
            var row = _byDays.GetValueOrDefault(days);
            _byDays[days] = (row.Customers + 1, row.Repeats + repeats, row.Squares + ((double)repeats * repeats));
            Customers++;
            Repeats += repeats;
            First.Add(first, 1);
            if (count > 0)
            {
                // A customer's purchases are alike: a customer counts once.
                Repeat.Add(mean, 1);
            }
        }

        public void Add(Group other)
        {
            foreach (var (days, row) in other._byDays)
            {
                var own = _byDays.GetValueOrDefault(days);
                _byDays[days] = (own.Customers + row.Customers, own.Repeats + row.Repeats, own.Squares + row.Squares);
            }

            Customers += other.Customers;
            Repeats += other.Repeats;
            First.Add(other.First);
            Repeat.Add(other.Repeat);
        }

        public double Expected(Expectation expected) => _byDays.Sum(r => r.Value.Customers * expected.After(r.Key));

        // Σ (x - E)² over customers.
        public double Excess(Expectation expected) => _byDays.Sum(r =>
            r.Value.Squares - (2 * expected.After(r.Key) * r.Value.Repeats) + (r.Value.Customers * Square(expected.After(r.Key))));
    }

    private sealed class Sums
    {
        private double _sum;
        private double _squares;

        public double Weight { get; private set; }

        public double Mean => _sum / Weight;

        public double Variance => Weight > 1 ? Math.Max(0, (_squares - (_sum * _sum / Weight)) / (Weight - 1)) : _sum * _sum;

        public void Add(double value, double weight)
        {
            Weight += weight;
            _sum += weight * value;
            _squares += weight * value * value;
        }

        public void Add(Sums other)
        {
            Weight += other.Weight;
            _sum += other._sum;
            _squares += other._squares;
        }
    }
}
