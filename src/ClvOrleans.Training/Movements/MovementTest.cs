using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Movements;

/// <summary>
/// Follows a live model through a holdout, day by day: the forecasts of the holdout's net value and of a purchase in it, each as of the end
/// of each of its days, by what was known then.
/// </summary>
public static class MovementTest
{
    /// <summary>Runs it.</summary>
    /// <param name="whole">The history as of the holdout's end, with its events.</param>
    /// <param name="cutoff">The last day that the model has seen.</param>
    /// <param name="model">The model.</param>
    /// <param name="most">How many buyers at most are followed: each n-th of them, in order of id.</param>
    /// <param name="cancellation">Stops between customers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is not before the end, or nobody may be followed.</exception>
    public static MovementView Run(
        StoreHistory whole, DateOnly cutoff, IValueModel model, int most = 500, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cutoff, whole.End);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var before = whole.Until(cutoff);
        var later = whole.Customers.ToDictionary(c => c.Id);
        var every = (before.Buyers.Length + most - 1) / Math.Max(1, most);
        var followed = before.Buyers.Where((_, i) => i % Math.Max(1, every) == 0).ToArray();
        var paths = new Path[followed.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            paths[i] = Follow(followed[i], later[followed[i].Id], before, whole.End, model));
        var (value, purchase) = (new MovementTally(), new MovementTally());
        foreach (var path in paths)
        {
            var (first, last) = (path.Values[0], path.Values[^1]);
            value.Add(path.Values, path.Causes, (last - first) * (last - first));
            purchase.Add(path.Purchases, path.Causes, path.Purchases[0] * (1 - path.Purchases[0]));
        }

        return new MovementView(model.Version.Id, cutoff, whole.End, followed.Length, value.Finish(), purchase.Finish());
    }

    private static Path Follow(AsOfSnapshot start, AsOfSnapshot end, StoreHistory before, DateOnly until, IValueModel model)
    {
        var (days, store) = (until.DayNumber - before.End.DayNumber, before.Store with { AnnualDiscountRate = 0 });
        var path = new Path(new double[days + 1], new double[days + 1], new MovementCause[days + 1]);
        var moved = end.Events.Select(e => store.DayOf(e.At)).ToHashSet();
        var (customer, seen) = (start.Summary, new RecurrentTrace());
        for (var d = 0; d <= days; d++)
        {
            var day = before.End.AddDays(d);
            var isMoved = moved.Contains(day);
            customer = d > 0 && isMoved ? end.Until(day)!.Summary : customer;
            var outcome = HoldoutOutcome.Of(customer, start.Summary.Credits, before.End, day, ValueKind.Net, store);
            var rest = d == days ? null : model.Follow(customer, before.Market, store, day, new Horizon(days - d), seen);
            var came = (double)store.Currency.ToMajor(outcome.Value);
            path.Values[d] = came + (rest is null ? 0 : (double)store.Currency.ToMajor(rest.Value));
            path.Purchases[d] = outcome.Orders > 0 ? 1 : rest is null ? 0 : 1 - rest.ProbabilityOfNoOrder;
            path.Causes[d] = !isMoved ? MovementCause.Silence
                : customer.PurchaseDays.Length > 0 && customer.PurchaseDays[^1].Day == day ? MovementCause.Order : MovementCause.Visit;
        }

        return path;
    }

    private sealed record Path(double[] Values, double[] Purchases, MovementCause[] Causes);
}
