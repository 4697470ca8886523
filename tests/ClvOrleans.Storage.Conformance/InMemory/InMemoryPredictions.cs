using System.Collections.Immutable;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryPredictions(InMemoryStorage storage) : IPredictions
{
    public Task<bool> AddAsync(StoreId store, PredictionRecord record, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        state.Predictions.Exists(p => p.Store == store && p.Record.Model == record.Model
            && (p.Record.MadeOn.Year, p.Record.MadeOn.Month) == (record.MadeOn.Year, record.MadeOn.Month))
            ? (state, false)
            : (state with { Predictions = state.Predictions.Add((store, record)) }, true));

    public Task<IReadOnlyList<PredictionRecord>> ListAsync(StoreId store, string model, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PredictionRecord>>(state =>
        [
            .. state.Predictions.Where(p => p.Store == store && p.Record.Model == model)
                .Select(p => p.Record).OrderByDescending(r => r.MadeOn),
        ]);

    public Task AddTotalsAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => (state with
        {
            Totals = totals.Where(t => !state.Totals.ContainsKey(KeyOf(store, t)))
                .Aggregate(state.Totals, (all, t) => all.Add(KeyOf(store, t), t with { Outcome = null })),
        }, true));

    public Task<long> KeepMembersAsync(
        StoreId store, SegmentId segment, DateOnly madeOn, long most, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var key = (store, segment, madeOn);
            var members = state.Members.GetValueOrDefault(key)
                ?? [.. state.RowsOf(store).Where(r => r.Contribution.Segments.Ids.Contains(segment)).Select(r => r.Id)];
            return members.Count > most || members.IsEmpty
                ? (state, 0L)
                : (state with { Members = state.Members.SetItem(key, members) }, (long)members.Count);
        });

    public Task SettleAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => (Forget(store, state with
        {
            Totals = totals.Where(t => t.Outcome is not null
                    && state.Totals.GetValueOrDefault(KeyOf(store, t)) is { Outcome: null } kept && kept.MadeOn == t.MadeOn)
                .Aggregate(state.Totals, (all, t) => all.SetItem(KeyOf(store, t), all[KeyOf(store, t)] with { Outcome = t.Outcome })),
        }), true));

    public Task<IReadOnlyList<PredictedTotal>> TotalsAsync(StoreId store, DateOnly since, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PredictedTotal>>(state =>
        [
            .. state.Totals.Where(t => t.Key.Store == store && t.Value.MadeOn >= since).Select(t => t.Value)
                .OrderByDescending(t => t.MadeOn).ThenBy(t => t.Days).ThenBy(t => t.Model, StringComparer.Ordinal)
                .ThenBy(t => t.Group, StringComparer.Ordinal),
        ]);

    private static InMemoryState Forget(StoreId store, InMemoryState state) => state with
    {
        Members = state.Members.RemoveRange(state.Members.Keys.Where(k => k.Store == store && !state.Totals.Any(
            t => t.Key.Store == store && t.Value is { Outcome: null } && t.Value.MadeOn == k.Day && t.Value.Segment == k.Segment))),
    };

    private static (StoreId Store, string Model, int Month, int Days, string Group) KeyOf(StoreId store, PredictedTotal total) =>
        (store, total.Model, (total.MadeOn.Year * 12) + total.MadeOn.Month - 1, total.Days, total.Group);
}
