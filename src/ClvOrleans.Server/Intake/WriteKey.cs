using System.Text;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The store and the source of the key; null where it is missing, wrong, or differs between header, body and query.</summary>
    /// <exception cref="StoreException">The store is closed.</exception>
    public static async ValueTask<(KeptStore Store, string Source)?> FindAsync(
        HttpRequest request, string? inBody, StoreDirectory stores, Callers callers)
    {
        var found = Given(request, inBody) is [{ } key] ? await LookUpAsync(key, request, stores, callers) : null;
        return found is var (store, source) ? (StoreOfRequest.Open(store, store.Id.Value), source) : null;
    }

    /// <summary>
    /// The store, which may be closed, and the source of a key that a store declares, or of one with scope write and no other: keys that
    /// may do more are not for pages.
    /// </summary>
    public static async ValueTask<(KeptStore Store, string Source)?> LookUpAsync(
        string key, HttpRequest request, StoreDirectory stores, Callers callers)
    {
        if (stores.FindWriteKey(key) is { } declared)
        {
            return declared;
        }

        if (!CredentialText.IsFor(key, CredentialIssuer.UseOf(Scope.Write))
            || await callers.FindAsync(key, CredentialKind.Key) is not { Scope: Scope.Write } caller)
        {
            return null;
        }

        var store = caller.Store is { } bound ? stores.TryFind(bound) : StoreOfRequest.Find(request.HttpContext, stores);
        return store is null ? null : (store, caller.Name);
    }

    /// <summary>
    /// Whether header and query leave it open that the key is right: they hold it, or none. Asked before anything is done for the body.
    /// </summary>
    public static async ValueTask<bool> MayBeRightAsync(HttpRequest request, StoreDirectory stores, Callers callers) =>
        Given(request, null) switch
        {
            [] => true,
            [{ } key] => await LookUpAsync(key, request, stores, callers) is not null,
            _ => false,
        };

    private static string[] Given(HttpRequest request, string? inBody) =>
    [
        .. new[] { Basic(request.Headers.Authorization.ToString()), inBody, request.Query["writeKey"].FirstOrDefault() }
            .OfType<string>().Where(k => k.Length > 0).Distinct(),
    ];

    // No key is blank, so that what is no Basic authorization matches none, whatever the body says.
    private const string Unreadable = " ";

    private static string? Basic(string authorization)
    {
        var parts = authorization.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts is not [var scheme, var credentials] || !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(credentials)).Split(':', 2)[0];
        }
        catch (FormatException)
        {
            return Unreadable;
        }
    }
}
