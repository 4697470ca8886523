using System.Text;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The store and the source of the key; null where it is missing, wrong, or differs between header, body and query.</summary>
    /// <exception cref="StoreException">The store is closed.</exception>
    public static (KeptStore Store, string Source)? Find(HttpRequest request, string? inBody, StoreDirectory stores)
    {
        var found = Given(request, inBody) is [{ } key] ? stores.FindWriteKey(key) : null;
        return found is var (store, source) ? (StoreOfRequest.Open(store, store.Id.Value), source) : null;
    }

    /// <summary>
    /// Whether header and query leave it open that the key is right: they hold it, or none. Asked before anything is done for the body.
    /// </summary>
    public static bool MayBeRight(HttpRequest request, StoreDirectory stores) => Given(request, null) switch
    {
        [] => true,
        [{ } key] => stores.FindWriteKey(key) is not null,
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
