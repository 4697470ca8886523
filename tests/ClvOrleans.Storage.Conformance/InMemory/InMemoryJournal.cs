using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryJournal(InMemoryStorage storage) : IJournal
{
    public Task<ImmutableArray<Transition>> AppendAsync(CustomerCommit commit, CancellationToken cancellation = default) =>
        storage.ChangeAsync<ImmutableArray<Transition>>(state =>
        {
            var after = InMemoryCommit.Append(state, commit);
            return (after, [.. after.Transitions.Skip(state.Transitions.Count)]);
        });

    public Task<CustomerId?> HoldAsync(HeldEvent held, CancellationToken cancellation = default) =>
        storage.ChangeAsync<CustomerId?>(state =>
        {
            if (state.Orders.TryGetValue((held.Sender.Store, held.Event.OrderId!), out var owner))
            {
                return (state, owner);
            }

            InMemoryErasures.Guard(state, held.Sender, held.Event);
            return state.Held.Exists(
                h => h.Sender.Store == held.Sender.Store && h.Event.OrderId == held.Event.OrderId && h.Event.Key == held.Event.Key)
                ? (state, null)
                : (state with { Held = state.Held.Add(held) }, null);
        });

    public Task<IReadOnlyList<HeldEvent>> HeldAsync(
        StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<HeldEvent>>(
            state => [.. state.Held.Where(h => h.Sender.Store == store && orderIds.Contains(h.Event.OrderId))]);

    public Task<CustomerId?> ContestAsync(ContestedCompletion completion, CustomerId owner, CancellationToken cancellation = default) =>
        storage.ChangeAsync<CustomerId?>(state =>
        {
            var (sender, e) = (completion.Sender, completion.Event);
            if (state.Links.ContainsKey(sender)
                || !state.Orders.TryGetValue((sender.Store, e.OrderId!), out var now) || now != owner)
            {
                return (state, state.SuccessorOf(sender));
            }

            InMemoryErasures.Guard(state, sender, e);
            return state.Contested.Exists(c =>
                c.Completion.Sender == sender && c.Completion.Event.OrderId == e.OrderId && c.Completion.Event.Key == e.Key)
                ? (state, null)
                : (state with { Contested = state.Contested.Add((completion, owner)) }, null);
        });

    public Task<IReadOnlyList<ContestedCompletion>> ContestedAsync(
        CustomerId one, CustomerId other, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ContestedCompletion>>(state =>
        [
            .. state.Contested.Where(c => (c.Completion.Sender, c.Owner) == (one, other) || (c.Completion.Sender, c.Owner) == (other, one))
                .Select(c => c.Completion),
        ]);

    public Task<OrderRivals> FindRivalsAsync(CustomerId customer, CancellationToken cancellation = default) => storage.ReadAsync(state =>
    {
        var now = state.SuccessorOf(customer);
        var others = state.Contested.Where(c => c.Completion.Sender == now).Select(c => c.Owner)
            .Union(state.Contested.Where(c => c.Owner == now).Select(c => c.Completion.Sender));
        return new OrderRivals(now, [.. others]);
    });

    public Task<JournalTip> FindTipAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => new JournalTip(
        state.Rows.GetValueOrDefault(customer).Row?.Sequence ?? 0, state.Links.TryGetValue(customer, out var target) ? target : null));

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(CustomerId customer, long after, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<JournalEntry>>(state => [.. state.JournalOf(customer).Where(e => e.Sequence > after)]);

    public Task<IReadOnlyList<JournalEntry>> ReadLastAsync(CustomerId customer, int count, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<JournalEntry>>(state => [.. state.JournalOf(customer).Reverse().Take(count)]);

    public Task<IReadOnlySet<EventKey>> KnownAsync(
        CustomerId customer, IReadOnlyCollection<EventKey> keys, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlySet<EventKey>>(state => state.JournalOf(customer).Select(e => e.Event.Key).Intersect(keys).ToHashSet());

    public Task<IReadOnlyList<CustomerId>> FindIdentitiesAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<CustomerId>>(state => [.. state.Links.Where(l => l.Value == customer).Select(l => l.Key)]);

    public Task<IReadOnlyDictionary<string, CustomerId>> FindOwnersAsync(
        StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyDictionary<string, CustomerId>>(state =>
            orderIds.Where(o => state.Orders.ContainsKey((store, o))).Distinct().ToDictionary(o => o, o => state.Orders[(store, o)]));
}
