using ClvOrleans.Domain.Policies;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Rules;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Policies;

/// <summary>Defines, changes and stops the policies of the store; what it keeps holds on this silo at once.</summary>
internal sealed class PolicyBookKeeper(
    OneStore store, IPolicies policies, ISegmentDefinitions segments, PolicyCache cache, WatchCache watches,
    IOptions<WebhookOptions> webhooks, TimeProvider time)
{
    /// <summary>Names that addresses have for something else.</summary>
    private static readonly string[] Taken = ["terms", "ready-made"];

    /// <summary>The policies.</summary>
    public Task<PolicyBook> ReadAsync() => policies.ReadAsync(store.Settings.Id);

    /// <summary>Every definition that a policy had, the newest first.</summary>
    public Task<IReadOnlyList<PolicyRecord>> HistoryAsync(PolicyId policy) => policies.HistoryAsync(store.Settings.Id, policy);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="PolicyException">It cannot be used.</exception>
    public async Task<Policy> CheckAsync(string definition)
    {
        var known = (await segments.ReadAsync(store.Settings.Id)).All.Select(s => s.Id.Value).ToHashSet(StringComparer.Ordinal);
        var reader = new PolicyReader(
            CustomerRules.For(store.Settings.Currency), known, webhooks.Value.AllowPrivate, store.Settings.Pseudonyms is null);
        return reader.Read(definition);
    }

    /// <summary>Defines a policy, or changes it. The same again is no change.</summary>
    /// <exception cref="PolicyException">The definition cannot be used.</exception>
    public async Task<PolicyRecord> PutAsync(PolicyId id, string definition)
    {
        var policy = await CheckAsync(definition);
        if (policy.Id != id || Taken.Contains(id.Value))
        {
            throw new PolicyException([new PolicyMistake("id", policy.Id != id
                ? $"It is '{policy.Id}', and the address says '{id}'."
                : $"'{id}' is the name of an address; choose another one.")]);
        }

        while (true)
        {
            var book = await ReadAsync();
            if (book.All.FirstOrDefault(p => p.Id == id) is { } same && same.Definition == definition)
            {
                return same;
            }

            var now = time.GetUtcNow();
            var record = new PolicyRecord { Id = id, Definition = definition, At = now, ModeSince = now };
            if (await policies.TryPutAsync(store.Settings.Id, record, book.Revision))
            {
                Forget();
                return (await ReadAsync()).All.First(p => p.Id == id);
            }
        }
    }

    /// <summary>Removes a policy: what is under way ends. False where there is none.</summary>
    public async Task<bool> RemoveAsync(PolicyId id)
    {
        while (true)
        {
            var book = await ReadAsync();
            if (book.All.FirstOrDefault(p => p.Id == id) is not { } policy)
            {
                return false;
            }

            if (await policies.TryPutAsync(store.Settings.Id, policy with { IsRemoved = true, At = time.GetUtcNow() }, book.Revision))
            {
                Forget();
                return true;
            }
        }
    }

    /// <summary>Sets whether a policy acts. False where there is none.</summary>
    public async Task<bool> SetModeAsync(PolicyId id, PolicyMode mode)
    {
        var isKnown = await policies.SetModeAsync(store.Settings.Id, id, mode, time.GetUtcNow());
        Forget();
        return isKnown;
    }

    /// <summary>Replaces the terms of all policies.</summary>
    public async Task<PolicyTerms> PutTermsAsync(PolicyTerms terms)
    {
        while (true)
        {
            var kept = (await ReadAsync()).Terms;
            if (await policies.TryPutTermsAsync(store.Settings.Id, terms with { Revision = kept.Revision }))
            {
                Forget();
                return (await ReadAsync()).Terms;
            }
        }
    }

    private void Forget()
    {
        cache.Forget(store.Settings.Id);
        watches.Forget(store.Settings.Id);
    }
}
