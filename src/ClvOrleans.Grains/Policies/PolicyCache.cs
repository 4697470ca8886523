using System.Collections.Immutable;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Policies;

/// <summary>
/// The silo's compiled policies: current on the silo that changed one, at most five seconds old on others. A kill switch takes as long to
/// be heard everywhere.
/// </summary>
public sealed partial class PolicyCache(IPolicies policies, IExperiments experiments, TimeProvider time, ILogger<PolicyCache> logger)
{
    private const int MostRevisions = 10_000;
    private readonly StoreCache<StorePolicies> _stores = new(TimeSpan.FromSeconds(5), time);
    private readonly BoundedCache<(StoreId Store, Currency Currency, PolicyId Policy, long Revision), Policy?> _revisions =
        new(MostRevisions);


    /// <summary>Has the next look of this silo read the policies of a store anew.</summary>
    public void Forget(StoreId store) => _stores.Forget(store);

    /// <summary>The policies of a store.</summary>
    internal ValueTask<StorePolicies> OfAsync(StoreSettings store) =>
        _stores.TryFind(store.Id, out var known) ? new(known) : new(ReadAsync(store));

    /// <summary>A policy in the revision that somebody entered; null where it cannot be read.</summary>
    internal async ValueTask<CompiledPolicy?> FindAsync(StoreSettings store, PolicyId policy, long revision)
    {
        if ((await OfAsync(store)).All.TryGetValue(policy, out var current) && current.Record.Revision == revision)
        {
            return current;
        }

        var record = (await policies.HistoryAsync(store.Id, policy)).FirstOrDefault(p => p.Revision == revision);
        return record is null ? null : Compile(store, record);
    }

    /// <summary>The policies of a store, read anew.</summary>
    internal Task<StorePolicies> ReadAsync(StoreSettings store) => _stores.ReadAsync(store.Id, () => CompileAsync(store));

    private async Task<StorePolicies> CompileAsync(StoreSettings store)
    {
        var book = await policies.ReadAsync(store.Id);
        var effects = book.All.IsEmpty ? [] : await experiments.EffectsAsync(store.Id);
        return new StorePolicies(
            book.Revision,
            book.All.Select(p => Compile(store, p)).OfType<CompiledPolicy>().ToImmutableDictionary(p => p.Policy.Id),
            book.Terms,
            StorePolicies.Measured(effects));
    }

    private CompiledPolicy? Compile(StoreSettings store, PolicyRecord record)
    {
        var schema = CustomerRules.For(store.Currency);
        var key = (store.Id, store.Currency, record.Id, record.Revision);
        var policy = _revisions.TryGet(key, out var known) ? known : _revisions.Add(key, PolicyReader.ReadKept(
            schema, record.Definition, e => LogUnusable(e, record.Id.Value, record.Revision, store.Id)));
        return policy is null ? null : new CompiledPolicy(record, policy, schema);
    }

    [LoggerMessage(
        4101, LogLevel.Error,
        "Revision {Revision} of policy {Policy} of store {Store} cannot be read; it does nothing until it is defined anew.")]
    private partial void LogUnusable(Exception error, string policy, long revision, StoreId store);
}
