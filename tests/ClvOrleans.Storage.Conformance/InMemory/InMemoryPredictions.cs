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
}
