using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryPolicies(InMemoryStorage storage) : IPolicies
{
    public Task<PolicyBook> ReadAsync(StoreId store, CancellationToken cancellation = default) => storage.ReadAsync(state =>
    {
        var latest = Of(state, store).GroupBy(p => p.Id).Select(g => g.Last()).Where(p => !p.IsRemoved);
        return new PolicyBook(
            Last(state, store),
            [.. latest.OrderBy(p => p.Id.Value, StringComparer.Ordinal).Select(p => Moded(state, store, p))],
            state.PolicyTerms.GetValueOrDefault(store, PolicyTerms.Default));
    });

    public Task<bool> TryPutAsync(StoreId store, PolicyRecord policy, long expected, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            if (Last(state, store) != expected)
            {
                return (state, false);
            }

            var key = (store, policy.Id);
            return (state with
            {
                Policies = state.Policies.Add((store, policy with { Revision = expected + 1 })),
                PolicyModes = policy.IsRemoved ? state.PolicyModes.Remove(key)
                    : state.PolicyModes.ContainsKey(key) ? state.PolicyModes
                    : state.PolicyModes.Add(key, (policy.Mode, policy.ModeSince)),
            }, true);
        });

    public Task<IReadOnlyList<PolicyRecord>> HistoryAsync(StoreId store, PolicyId policy, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PolicyRecord>>(
            state => [.. Of(state, store).Where(p => p.Id == policy).Reverse().Select(p => Moded(state, store, p))]);

    public Task<bool> SetModeAsync(
        StoreId store, PolicyId policy, PolicyMode mode, DateTimeOffset at,
        CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        !state.PolicyModes.TryGetValue((store, policy), out var before) ? (state, false)
        : before.Mode == mode ? (state, true)
        : (state with { PolicyModes = state.PolicyModes.SetItem((store, policy), (mode, at)) }, true));

    public Task<bool> TryPutTermsAsync(StoreId store, PolicyTerms terms, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
            state.PolicyTerms.GetValueOrDefault(store, PolicyTerms.Default).Revision != terms.Revision
                ? (state, false)
                : (state with { PolicyTerms = state.PolicyTerms.SetItem(store, terms with { Revision = terms.Revision + 1 }) }, true));

    private static IEnumerable<PolicyRecord> Of(InMemoryState state, StoreId store) =>
        state.Policies.Where(p => p.Store == store).Select(p => p.Policy);

    private static long Last(InMemoryState state, StoreId store) => Of(state, store).LastOrDefault()?.Revision ?? 0;

    private static PolicyRecord Moded(InMemoryState state, StoreId store, PolicyRecord policy)
    {
        var (mode, since) = state.PolicyModes.GetValueOrDefault((store, policy.Id), (PolicyMode.Stopped, policy.At));
        return policy with { Mode = mode, ModeSince = since };
    }
}
