using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryExposures(InMemoryStorage storage) : IExposures
{
    public Task<Exposure> ExposeAsync(Exposure exposure, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var customer = state.SuccessorOf(exposure.Customer);
        if (Find(state, customer, exposure.Subject) is { } known)
        {
            return (state, known);
        }

        if (InMemoryErasures.IsDropped(state, customer.Store, ErasedName.Of(customer), exposure.At))
        {
            return (state, exposure);
        }

        var kept = new KeptExposure(exposure with { Customer = customer });
        return (state with { Exposures = state.Exposures.Add((customer.Store, exposure.Subject, exposure.Unit), kept) }, kept.Exposure);
    });

    public Task FollowAsync(
        StoreId store, IReadOnlyCollection<Exposure> exposures, long followed, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => exposures.Where(e => !state.Exposures.ContainsKey((store, e.Subject, e.Unit))).Aggregate(
            state with { Followed = state.Followed.SetItem(store, Math.Max(followed, state.Followed.GetValueOrDefault(store))) },
            (now, e) => now with
            {
                Exposures = now.Exposures.SetItem(
                    (store, e.Subject, e.Unit), new KeptExposure(e with { Customer = now.SuccessorOf(e.Customer) })),
            }));

    public Task<int> PruneAsync(StoreId store, DateOnly before, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var left = state.Exposures.RemoveRange(state.Exposures
            .Where(e => e.Key.Store == store && e.Value.IsSettled && e.Value.Exposure.Until < before).Select(e => e.Key));
        return (state with { Exposures = left }, state.Exposures.Count - left.Count);
    });

    public Task<long> FollowedAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Followed.GetValueOrDefault(store));

    public Task<Exposure?> FindAsync(CustomerId customer, string subject, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => Find(state, state.SuccessorOf(customer), subject));

    public IAsyncEnumerable<ExposedUnit> ReadAsync(StoreId store, string subject, CancellationToken cancellation = default) => storage.Read(
        state => state.Exposures.Where(e => e.Key.Store == store && e.Key.Subject == subject)
            .OrderBy(e => e.Key.Unit, StringComparer.Ordinal).Select(e => e.Value.Unit).ToAsyncEnumerable());

    public Task<IReadOnlyList<Exposure>> DueAsync(
        StoreId store, DateOnly today, DateOnly settled, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Exposure>>(state =>
        [
            .. state.Exposures.Where(e => e.Key.Store == store && !e.Value.IsSettled && e.Value.Exposure.Until < today)
                .Where(e => e.Value.Exposure.Until < settled || e.Value.Sequence != SequenceOf(state, e.Value.Exposure.Customer))
                .Select(e => e.Value.Exposure).OrderBy(e => e.Until).ThenBy(e => e.Subject, StringComparer.Ordinal)
                .ThenBy(e => e.Unit, StringComparer.Ordinal).Take(limit),
        ]);

    public Task KeepAsync(
        StoreId store, IReadOnlyCollection<ExposedUnit> measured, DateOnly settled, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => measured.Where(m => m.Outcome is not null).Aggregate(state, (now, unit) =>
        {
            var key = (store, unit.Exposure.Subject, unit.Exposure.Unit);
            return now.Exposures.GetValueOrDefault(key) is { } kept && kept.Exposure.Customer == unit.Exposure.Customer
                && SequenceOf(now, kept.Exposure.Customer) == unit.Outcome!.Sequence
                ? now with
                {
                    Exposures = now.Exposures.SetItem(key, kept with
                    {
                        Outcome = unit.Outcome,
                        Sequence = unit.Outcome.Sequence,
                        IsSettled = kept.IsSettled || kept.Exposure.Until < settled,
                    }),
                }
                : now;
        }));

    public Task<IReadOnlyList<ExposedUnit>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ExposedUnit>>(state =>
        [
            .. state.Exposures.Values.Where(e => e.Exposure.Customer == state.SuccessorOf(customer)).OrderBy(e => e.Exposure.At)
                .ThenBy(e => e.Exposure.Unit, StringComparer.Ordinal).ThenBy(e => e.Exposure.Subject, StringComparer.Ordinal)
                .Select(e => e.Unit),
        ]);

    /// <summary>The exposures after a merge.</summary>
    public static ImmutableDictionary<(StoreId Store, string Subject, string Unit), KeptExposure> Merge(
        ImmutableDictionary<(StoreId Store, string Subject, string Unit), KeptExposure> exposures, CustomerId from, CustomerId to) =>
        exposures.ToImmutableDictionary(e => e.Key, e => e.Value.Exposure.Customer != from ? e.Value : e.Value with
        {
            Exposure = e.Value.Exposure with { Customer = to },
            Sequence = e.Value.IsSettled ? e.Value.Sequence : -1,
        });

    private static long SequenceOf(InMemoryState state, CustomerId customer) => state.Rows.GetValueOrDefault(customer).Row?.Sequence ?? 0;

    private static Exposure? Find(InMemoryState state, CustomerId customer, string subject) => state.Exposures.Values
        .Select(e => e.Exposure).Where(e => e.Customer == customer && e.Subject == subject)
        .OrderBy(e => e.At).ThenBy(e => e.Unit, StringComparer.Ordinal).FirstOrDefault();
}
