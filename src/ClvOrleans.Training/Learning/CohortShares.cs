using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// How far what a model says of cohorts is from what each had of the whole in windows of the past. Years of first purchase before a cutoff
/// are the cohorts; what is measured is the divergence of the shares that came from those that were said (Kullback and Leibler 1951), in
/// nats, which leaves the level of the whole out.
/// </summary>
internal sealed class CohortShares
{
    // Of a cohort of which nothing was said something may come.
    private const double Least = 1e-6;

    private readonly SortedDictionary<int, (double Came, double Ensemble, double Store)> _cohorts = [];

    /// <summary>Divergence of the ensemble and of the store's level, on average over windows; null where nothing came in any.</summary>
    /// <param name="set">The windows.</param>
    /// <param name="said">What the ensemble said of each row, of customers whom it had not learned from.</param>
    public static (double Ensemble, double Store)? Of(TrainingSet set, IReadOnlyList<double> said)
    {
        var all = Enumerable.Range(0, set.Windows.Count).Select(w => In(w, set, said)).OfType<(double Ensemble, double Store)>().ToArray();
        return all.Length == 0 ? null : (all.Average(d => d.Ensemble), all.Average(d => d.Store));
    }

    private static (double Ensemble, double Store)? In(int window, TrainingSet set, IReadOnlyList<double> said)
    {
        if (set.Levels[window] is not { Purchases: > 0 } cells)
        {
            return null;
        }

        var (level, shares) = (LevelFit.WithoutErrors(cells), new CohortShares());
        for (var i = 0; i < set.Rows.Count; i++)
        {
            if (set.WindowOf[i] == window)
            {
                var (customer, asOf) = set.Rows.Customers[i];
                var first = customer.PurchaseDays[0].Day;
                shares.Add(
                    (CalendarMonth.Of(asOf) - CalendarMonth.Of(first)) / 12, set.Rows.Values[i], said[i],
                    level.OfCustomer(level.CohortOf(first), asOf, set.Horizon));
            }
        }

        return shares.Divergences();
    }

    /// <summary>Adds a customer.</summary>
    /// <param name="cohort">Years since the first purchase.</param>
    /// <param name="came">What came.</param>
    /// <param name="ensemble">What the ensemble said.</param>
    /// <param name="store">What the store's level said.</param>
    internal void Add(int cohort, double came, double ensemble, double store)
    {
        var sums = _cohorts.GetValueOrDefault(cohort);
        _cohorts[cohort] = (sums.Came + Math.Max(0, came), sums.Ensemble + ensemble, sums.Store + store);
    }

    /// <summary>Both divergences; null where nothing came or was said.</summary>
    internal (double Ensemble, double Store)? Divergences()
    {
        var (came, ensemble, store) =
            (_cohorts.Values.Sum(c => c.Came), _cohorts.Values.Sum(c => c.Ensemble), _cohorts.Values.Sum(c => c.Store));
        return came > 0 && ensemble > 0 && store > 0
            ? (Sum(c => c.Ensemble / ensemble), Sum(c => c.Store / store))
            : null;

        double Sum(Func<(double Came, double Ensemble, double Store), double> share) => _cohorts.Values.Where(c => c.Came > 0)
            .Sum(c => c.Came / came * Math.Log(c.Came / came / Math.Max(share(c), Least)));
    }
}
