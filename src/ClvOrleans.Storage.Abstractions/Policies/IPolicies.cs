using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>The policies of stores, with every earlier definition.</summary>
public interface IPolicies
{
    /// <summary>The policies of a store.</summary>
    Task<PolicyBook> ReadAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Defines a policy, or changes or removes it, under the store's next revision; durable on return. Only while the store's revision is
    /// still <paramref name="expected"/>. False where it has moved on; nothing is kept then. The mode of a policy that there is stays as it
    /// is, whatever the record says.
    /// </summary>
    Task<bool> TryPutAsync(StoreId store, PolicyRecord policy, long expected, CancellationToken cancellation = default);

    /// <summary>Every definition that a policy had, the newest first; empty where there never was one of that name.</summary>
    Task<IReadOnlyList<PolicyRecord>> HistoryAsync(StoreId store, PolicyId policy, CancellationToken cancellation = default);

    /// <summary>Sets whether a policy acts, from now on. False where there is none of that name.</summary>
    Task<bool> SetModeAsync(StoreId store, PolicyId policy, PolicyMode mode, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>
    /// Replaces the terms of all policies, under their next revision, while it is still that of <paramref name="terms"/>. False where it
    /// has moved on; nothing is kept then.
    /// </summary>
    Task<bool> TryPutTermsAsync(StoreId store, PolicyTerms terms, CancellationToken cancellation = default);
}
