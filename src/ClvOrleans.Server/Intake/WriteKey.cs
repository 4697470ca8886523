using System.Text;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The source of the key; null where it is missing, wrong, or differs between header, body and query.</summary>
    public static ValueTask<string?> FindSourceAsync(HttpRequest request, string? inBody, OneStore store, Callers callers) =>
        Given(request, inBody) is [{ } key] ? FindSourceAsync(key, store, callers) : ValueTask.FromResult<string?>(null);

    /// <summary>
    /// The source of a key of store.json, or of one with scope write and no other: keys that may do more are not for pages.
    /// </summary>
    public static async ValueTask<string?> FindSourceAsync(string key, OneStore store, Callers callers) =>
        store.FindSource(key) is { } source ? source
        : CredentialText.IsFor(key, CredentialIssuer.UseOf(Scope.Write))
            && await callers.FindAsync(key, CredentialKind.Key) is { Scope: Scope.Write } caller
            && (caller.Store ?? store.Settings.Id) == store.Settings.Id
            ? caller.Name
        : null;

    /// <summary>
    /// Whether header and query leave it open that the key is right: they hold it, or none. Asked before anything is done for the body.
    /// </summary>
    public static async ValueTask<bool> MayBeRightAsync(HttpRequest request, OneStore store, Callers callers) =>
        Given(request, null) switch
        {
            [] => true,
            [{ } key] => await FindSourceAsync(key, store, callers) is not null,
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
