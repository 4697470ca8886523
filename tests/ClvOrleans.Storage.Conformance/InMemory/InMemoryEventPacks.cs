using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryEventPacks(InMemoryStorage storage) : IEventPacks
{
    public Task<OldBehaviour> FindAsync(
        StoreId store, int shard, long after, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ReadAsync(state =>
        {
            var rows = state.Rows.Where(r => r.Key.Store == store && r.Key.Shard == shard && r.Value.Commit > after)
                .OrderBy(r => r.Value.Commit).Take(OldBehaviour.MostCustomers).ToArray();
            return new OldBehaviour(
                [.. rows.Select(r => r.Key).Where(c => OldOf(state, c, before).Any())],
                rows.Length == OldBehaviour.MostCustomers ? rows[^1].Value.Commit : null);
        });

    public Task<int?> PackAsync(
        CustomerId customer, DateTimeOffset before, Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool> isSame,
        CancellationToken cancellation = default) =>
        storage.ChangeAsync<int?>(state =>
        {
            JournalEntry[] old = [.. OldOf(state, customer, before).Take(OldBehaviour.MostEvents)];
            JournalEntry[] reduced = [.. old.Select(e => e with { Event = Behaviour.Reduce(e.Event) })];
            if (old.Length == 0)
            {
                return (state, 0);
            }

            return !isSame([.. old.Select(e => e.Event)], [.. reduced.Select(e => e.Event)]) ? (state, null) : (state with
            {
                Journals = state.Journals.SetItem(
                    customer, [.. state.JournalOf(customer).Except(old).Concat(reduced).OrderBy(e => e.Sequence)]),
                Packed = state.Packed.SetItem(
                    customer, state.Packed.GetValueOrDefault(customer, []).Union(old.Select(e => e.Sequence))),
            }, old.Length);
        });

    private static IEnumerable<JournalEntry> OldOf(InMemoryState state, CustomerId customer, DateTimeOffset before) =>
        state.JournalOf(customer)
            .Where(e => Behaviour.Kinds.Contains(e.Event.Kind) && e.Event.At < before && !state.IsPacked(customer, e));
}
