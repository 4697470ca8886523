using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Access;

/// <summary>Keys, sessions and links, of all stores and of the installation. Times are kept to the millisecond.</summary>
public interface ICredentials
{
    /// <summary>Keeps a new credential; durable on return.</summary>
    /// <returns>False where one of its id is kept already: nothing is changed then.</returns>
    Task<bool> TryAddAsync(Credential credential, CancellationToken cancellation = default);

    /// <summary>The credential of an id, valid or not; null where there is none.</summary>
    Task<Credential?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>Credentials of a kind, in the order in which they were made and then of their ids.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="store">Those bound to a store; null for all, bound or not.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<Credential>> ListAsync(CredentialKind kind, StoreId? store, CancellationToken cancellation = default);

    /// <summary>Revokes a credential for good; durable on return.</summary>
    /// <returns>True to exactly one caller: false where there is none, or where it was revoked before.</returns>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Ends a credential at a time, unless it ends sooner; durable on return.</summary>
    /// <returns>False where there is none, or where it was revoked.</returns>
    Task<bool> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Notes that credentials were used; an earlier time changes nothing.</summary>
    Task NoteUseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Removes sessions and links that ended before a time. Keys stay: their names explain old entries of logs.</summary>
    Task PruneAsync(DateTimeOffset before, CancellationToken cancellation = default);
}
