using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What was predicted of groups of buyers together, and what came of it. Net spend, undiscounted, in major units.</summary>
/// <param name="Currency">The store's currency.</param>
/// <param name="Horizons">How well predictions held whose days have passed, by horizon and group.</param>
/// <param name="Predictions">The predictions, the latest first.</param>
internal sealed record PredictionsReply(
    string Currency, IReadOnlyList<TrackRecordReply> Horizons, IReadOnlyList<PredictedTotalReply> Predictions)
{
    public static PredictionsReply Of(IReadOnlyList<PredictedTotal> totals, StoreSettings store) => new(
        store.Currency.Code, [.. TrackRecord.Of(totals).Select(r => TrackRecordReply.Of(r, store.Currency))],
        [.. totals.Select(t => PredictedTotalReply.Of(t, store.Currency))]);
}
