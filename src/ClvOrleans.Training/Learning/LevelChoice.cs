using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Sets an ensemble to the level of the store's own past, where that was nearer in windows of the past than the level of the seasonal
/// clock: cohort by cohort, where it also knew better than the ensemble what share of the whole each cohort has, else as a whole, which
/// leaves the ranking of all as it is. All are judged by the same windows, each fitted as of its cutoff.
/// </summary>
internal static class LevelChoice
{
    // A cohort of fewer expected purchases is in the one after it.
    private const double LeastPurchases = 300;

    /// <summary>The ensemble at the better level, and which it is and why.</summary>
    /// <param name="value">The ensemble at the level of the seasonal clock.</param>
    /// <param name="level">The level of the store's own past; null where nobody has bought again.</param>
    /// <param name="past">What both were fitted to.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="set">The windows.</param>
    /// <param name="scores">The ensemble's score of each row, of customers whom it had not learned from.</param>
    public static (StackedValue Value, string Description) Of(
        StackedValue value, StoreLevel? level, StoreHistory past, ForecastTask task, TrainingSet set, double[] scores)
    {
        var kept = StoreSpend.KeptShare(past, task.Value);
        var errors = Enumerable.Range(0, set.Windows.Count)
            .Select(w => ErrorsOf(w, kept, set)).OfType<(double Clock, double Store)>().ToArray();
        if (errors.Length == 0 || level is null)
        {
            return (value, "level of the seasonal clock, as no window tells the store's own");
        }

        var (clock, store) = (Root(errors.Select(e => e.Clock)), Root(errors.Select(e => e.Store)));
        var why = FormattableString.Invariant(
            $"(off by {store:0.00} in {errors.Length} windows; the seasonal clock by {clock:0.00})");
        if (store >= clock)
        {
            return (value, $"level of the seasonal clock, as that of the store's own past was no nearer {why}");
        }

        var shares = CohortShares.Of(set, [.. scores.Select(value.Curve.At)]) ?? default;
        var (isByCohort, how) = shares.Store < shares.Ensemble ? (true, "cohort by cohort") : (false, "as a whole");
        var off = FormattableString.Invariant(
            $"shares of cohorts were off by {shares.Store:0.000}, the ensemble's by {shares.Ensemble:0.000}");
        return (Reconciled(value, level, past, task, isByCohort), $"level of the store's own past {why}, {how}: {off}");
    }

    /// <summary>The ensemble at the level of the store's own past, whether or not it is the better.</summary>
    /// <param name="value">The ensemble at the level of the seasonal clock.</param>
    /// <param name="level">The level of the store's own past.</param>
    /// <param name="past">What both were fitted to.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="isByCohort">Whether each cohort adds up to what the level expects of it, or only all together.</param>
    internal static StackedValue Reconciled(
        StackedValue value, StoreLevel level, StoreHistory past, ForecastTask task, bool isByCohort)
    {
        var months = isByCohort ? CohortsOf(level, task.Horizon) : [level.Cohorts[0].Month];
        var factors = new CohortFactors(level, [.. months.Select(m => new CohortFactor(m, 1))], task.Horizon.Days);
        var expected = new double[factors.Cohorts.Length];
        foreach (var cohort in level.Cohorts)
        {
            expected[factors.PlaceOf(CalendarMonth.Start(cohort.Month))] += cohort.Customers * level.OfCustomer(
                cohort, past.End, task.Horizon);
        }

        // Values that are held do not follow the level: once more with it.
        return AtLevel(AtLevel(value with { Cohorts = factors }));

        StackedValue AtLevel(StackedValue at)
        {
            var (said, values) = (new double[expected.Length], Stacking.ForecastsOf(at, past, task.Horizon));
            for (var i = 0; i < values.Length; i++)
            {
                said[factors.PlaceOf(past.Buyers[i].FirstPurchase)] += values[i].Value;
            }

            return at with
            {
                Cohorts = factors with
                {
                    Cohorts = [
                        .. at.Cohorts!.Cohorts.Select((c, i) => said[i] > 0 ? c with { Factor = c.Factor * expected[i] / said[i] } : c)
                    ],
                },
            };
        }
    }

    // Years of first purchase before the end, each with enough purchases to have a level of its own.
    private static List<int> CohortsOf(StoreLevel level, Horizon horizon)
    {
        var last = CalendarMonth.Of(level.Until);
        var months = new List<int>();
        var purchases = LeastPurchases;
        foreach (var year in level.Cohorts.GroupBy(c => (last - c.Month) / 12).OrderByDescending(g => g.Key))
        {
            if (purchases >= LeastPurchases)
            {
                months.Add(year.Min(c => c.Month));
                purchases = 0;
            }

            purchases += year.Sum(c => c.Customers * level.OfCustomer(c, level.Until, horizon)) / level.MeanPurchase;
        }

        if (purchases < LeastPurchases && months.Count > 1)
        {
            months.RemoveAt(months.Count - 1);
        }

        return months;
    }

    // ln of what came over what was expected in a window, by both.
    private static (double Clock, double Store)? ErrorsOf(int window, double kept, TrainingSet set)
    {
        if (set.Levels[window] is not { Purchases: > 0 } cells)
        {
            return null;
        }

        var level = LevelFit.WithoutErrors(cells);
        var model = new ExpectedValue();
        var (came, clock, store) = (0.0, 0.0, 0.0);
        for (var i = 0; i < set.Rows.Count; i++)
        {
            if (set.WindowOf[i] == window)
            {
                var (customer, asOf) = set.Rows.Customers[i];
                came += set.Rows.Values[i];
                clock += model.Predict(set.Rows[i]);
                store += level.OfCustomer(level.CohortOf(customer.PurchaseDays[0].Day), asOf, set.Horizon);
            }
        }

        return came > 0 && clock > 0 ? (Math.Log(came / (clock * kept)), Math.Log(came / store)) : null;
    }

    private static double Root(IEnumerable<double> errors) => Math.Sqrt(errors.Average(e => e * e));
}
