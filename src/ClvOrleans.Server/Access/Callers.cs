using System.Security.Cryptography;
using ClvOrleans.Storage.Access;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Access;

/// <summary>Finds who asks, by the key of the <c>Authorization</c> header or the session of the cookie.</summary>
internal sealed class Callers(CredentialCache cache, IOptions<AccessOptions> options, CredentialUses uses)
{
    private const string Bearer = "Bearer ";
    private static readonly Caller Owner = new(Caller.OwnerId, "owner", Scope.Admin, null, CredentialKind.Key);
    private readonly byte[][] _owner = [.. options.Value.ReadOwnerKeys().Select(CredentialText.Hash)];

    /// <summary>Who asks; null where nothing proves it. A header that proves nothing is not made up for by a cookie.</summary>
    public ValueTask<Caller?> FindAsync(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? FindAsync(header[Bearer.Length..].Trim(), CredentialKind.Key)
            : header.Length == 0 && request.Cookies[SessionCookie.NameFor(request)] is { } cookie
                ? FindAsync(cookie, CredentialKind.Session)
                : ValueTask.FromResult<Caller?>(null);
    }

    /// <summary>Whose text it is; null where it is not one of a kind that is valid now.</summary>
    public async ValueTask<Caller?> FindAsync(string text, CredentialKind kind)
    {
        var hash = CredentialText.Hash(text);
        if (kind == CredentialKind.Key && IsOwner(hash))
        {
            return Owner;
        }

        if (CredentialText.FindId(text) is not { } id || await cache.FindAsync(id) is not { } found
            || !CredentialText.IsOf(hash, found) || found.Kind != kind || !found.IsValid(uses.Now))
        {
            return null;
        }

        // The key that somebody signed in by is revoked: so is what it opened.
        if (found.Parent is { } parent && (await cache.FindAsync(parent))?.IsValid(uses.Now) != true)
        {
            return null;
        }

        uses.Note(found);
        return Caller.Of(found);
    }

    // Every key is compared, so that the time taken tells nothing.
    private bool IsOwner(byte[] hash)
    {
        var isOne = false;
        foreach (var owner in _owner)
        {
            isOne |= CryptographicOperations.FixedTimeEquals(hash, owner);
        }

        return isOne;
    }
}
