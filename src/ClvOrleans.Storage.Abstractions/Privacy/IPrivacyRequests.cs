using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Privacy;

/// <summary>The privacy requests of a store, which wait to be fulfilled.</summary>
public interface IPrivacyRequests
{
    /// <summary>Keeps a request; durable on return.</summary>
    /// <returns>False where it was kept before.</returns>
    Task<bool> AddAsync(PrivacyRequest request, CancellationToken cancellation = default);

    /// <summary>Notes that requests of a kind are done, and forgets whose they were.</summary>
    /// <param name="store">The store.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="customers">Whose; null for all of the kind.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellation">Gives up before anything is written.</param>
    Task CompleteAsync(
        StoreId store, PrivacyRequestKind kind, IReadOnlyCollection<string>? customers, DateTimeOffset at,
        CancellationToken cancellation = default);

    /// <summary>Requests with an id above <paramref name="after"/>, oldest first.</summary>
    Task<IReadOnlyList<PrivacyRequest>> ListAsync(StoreId store, long after, int limit, CancellationToken cancellation = default);
}
