using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Access;

/// <summary>Makes credentials, renews them and ends them. Their texts are given once and kept nowhere.</summary>
internal sealed class CredentialIssuer(
    ICredentials credentials, CredentialCache cache, CredentialUses uses, IOptions<AccessOptions> options)
{
    /// <summary>How long a sign-in link can be opened.</summary>
    public static readonly TimeSpan LinkLength = TimeSpan.FromMinutes(15);

    /// <summary>Makes a key.</summary>
    public Task<(Credential Made, string Text)> MakeKeyAsync(string name, Scope scope, StoreId? store, TimeSpan? length = null) =>
        MakeAsync(CredentialKind.Key, UseOf(scope), new Caller("", name, scope, store, CredentialKind.Key), length);

    /// <summary>Makes a link that signs in whoever opens it first.</summary>
    public Task<(Credential Made, string Text)> MakeLinkAsync(Caller by) =>
        MakeAsync(CredentialKind.Link, "link", by, LinkLength);

    /// <summary>Signs in whoever was let in otherwise.</summary>
    public Task<(Credential Made, string Text)> MakeSessionAsync(Caller by) =>
        MakeAsync(CredentialKind.Session, "session", by, options.Value.SessionLength);

    /// <summary>Opens a link; null where it was opened before, is too old, or none.</summary>
    public async Task<Credential?> OpenLinkAsync(string text) =>
        CredentialText.FindId(text) is { } id && await credentials.FindAsync(id) is { Kind: CredentialKind.Link } link
            && CredentialText.Proves(text, link) && link.IsValid(uses.Now) && await credentials.RevokeAsync(id, uses.Now)
        ? link
        : null;

    /// <summary>
    /// A new key in the place of one, which ends after an overlap; null where that is not valid any more. Without an overlap no silo
    /// accepts it when this ends.
    /// </summary>
    public async Task<(Credential Made, string Text)?> RotateAsync(Credential key, TimeSpan overlap)
    {
        if (!key.IsValid(uses.Now) || !await credentials.ExpireAsync(key.Id, uses.Now + overlap))
        {
            return null;
        }

        TimeSpan? length = key.ExpiresAt - key.CreatedAt;
        var made = await MakeKeyAsync(key.Name, key.Scope, key.Store, length);
        if (overlap < CredentialCache.Lease)
        {
            await cache.ExpireAsync();
        }

        return made;
    }

    /// <summary>Revokes a credential: when this ends, no silo accepts it. False where it was revoked before.</summary>
    public async Task<bool> RevokeAsync(string id)
    {
        var isRevoked = await credentials.RevokeAsync(id, uses.Now);
        await cache.ExpireAsync();
        return isRevoked;
    }

    /// <summary>The credential of an id, as the store has it.</summary>
    public Task<Credential?> FindAsync(string id) => credentials.FindAsync(id);

    /// <summary>What a text of a scope is for.</summary>
    public static string UseOf(Scope scope) => scope.ToString().ToLowerInvariant();

    private async Task<(Credential Made, string Text)> MakeAsync(
        CredentialKind kind, string use, Caller of, TimeSpan? length)
    {
        var (id, text) = CredentialText.New(use);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(uses.Now.ToUnixTimeMilliseconds());
        var made = new Credential
        {
            Id = id,
            Kind = kind,
            Hash = CredentialText.Hash(text),
            Scope = of.Scope,
            Store = of.Store,
            Name = of.Name,
            Parent = of.Parent,
            CreatedAt = now,
            ExpiresAt = now + length,
        };
        return await credentials.TryAddAsync(made)
            ? (made, text)
            : throw new InvalidOperationException("Two credentials got one id; try again.");
    }
}
