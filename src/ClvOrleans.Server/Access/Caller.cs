using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Access;

/// <summary>Who asks: a feature of each request that was let in by a credential.</summary>
/// <param name="Id">Id of the credential.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="Store">The store that it is bound to; null for all.</param>
/// <param name="Kind">How it was shown.</param>
/// <param name="Parent">The key without which what it makes is not valid; null where there is none.</param>
internal sealed record Caller(string Id, string Name, Scope Scope, StoreId? Store, CredentialKind Kind, string? Parent = null)
{
    /// <summary>The id of the owner where the owner's key is configured.</summary>
    public const string OwnerId = "owner";

    public static Caller Of(Credential credential) =>
        new(credential.Id, credential.Name, credential.Scope, credential.Store, credential.Kind,
            credential.Kind == CredentialKind.Key ? credential.Id : credential.Parent);

    /// <summary>Whether it may do what needs a scope.</summary>
    public bool Covers(Scope needed) => needed == Scope.Write ? Scope == Scope.Write : Scope != Scope.Write && Scope >= needed;
}
