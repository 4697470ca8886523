using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Models;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// What a night does with totals of own segments. No model can say later who was in one, as a lifecycle is told again: so members are kept
/// with the prediction until what came of it is.
/// </summary>
/// <param name="predictions">Keeps totals and members.</param>
/// <param name="rows">Has the customers.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
internal sealed class SegmentTotals(IPredictions predictions, ICustomerRows rows, MarketCalendar market, StoreSettings store)
{
    /// <summary>
    /// Members of more are not kept: a store of 200 segments of everybody would keep more of them than of everything else.
    /// </summary>
    public const long MostMembers = 100_000;

    private readonly List<PredictedTotal> _predicted = [];
    private readonly List<PredictedTotal> _passed = [];

    /// <summary>What was predicted.</summary>
    public IReadOnlyList<PredictedTotal> Predicted => _predicted;

    /// <summary>Totals with what came of them.</summary>
    public IReadOnlyList<PredictedTotal> Passed => _passed;

    /// <summary>Predicts what the members will spend.</summary>
    public async Task PredictAsync(
        IValueModel champion, SegmentId segment, DateOnly day, IReadOnlyCollection<Horizon> horizons, CancellationToken cancellation)
    {
        if (await predictions.KeepMembersAsync(store.Id, segment, day, MostMembers, cancellation) == 0)
        {
            return;
        }

        TotalsTally[] tallies =
            [.. horizons.Select(h => new TotalsTally(champion, market, store, day, h, PredictedTotal.GroupOf(segment)))];
        await foreach (var customer in rows.SummariesAsync(store.Id, segment, day, cancellation))
        {
            Array.ForEach(tallies, t => t.Add(customer));
        }

        _predicted.AddRange(tallies.SelectMany(t => t.Totals()));
    }

    /// <summary>Compares what was predicted of the members with what came.</summary>
    public async Task CompareAsync(OutcomeTally tally, SegmentId segment, DateOnly madeOn, CancellationToken cancellation)
    {
        await foreach (var customer in rows.SummariesAsync(store.Id, segment, madeOn, cancellation))
        {
            tally.Add(customer);
        }

        _passed.AddRange(tally.Compare());
    }
}
