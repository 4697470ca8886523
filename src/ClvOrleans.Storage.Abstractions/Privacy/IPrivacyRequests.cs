using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Privacy;

/// <summary>The privacy requests of a store, which wait to be fulfilled.</summary>
public interface IPrivacyRequests
{
    /// <summary>Keeps a request; durable on return.</summary>
    /// <returns>False where it was kept before.</returns>
    Task<bool> AddAsync(PrivacyRequest request, CancellationToken cancellation = default);

    /// <summary>Requests with an id above <paramref name="after"/>, oldest first.</summary>
    Task<IReadOnlyList<PrivacyRequest>> ListAsync(StoreId store, long after, int limit, CancellationToken cancellation = default);
}
